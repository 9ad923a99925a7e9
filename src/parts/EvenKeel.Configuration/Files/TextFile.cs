using System.Text;
using System.Text.Unicode;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Files;

/// <summary>Reads a small UTF-8 file, or says why not.</summary>
internal static class TextFile
{
    /// <summary>The largest file, in bytes. A real one has a few thousand.</summary>
    public const int MaxBytes = 1 << 20;

    // A pipe may be given too, as a shell does for `<(...)`. One that nobody writes to would hold the program for ever, deaf to signals.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The text, or null when something was wrong, which is then reported.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="shownAs">What messages call it.</param>
    /// <param name="code">The code when it cannot be opened or read.</param>
    /// <param name="diagnostics">Where faults go.</param>
    public static SourceText? Read(string path, string shownAs, string code, DiagnosticBag diagnostics)
    {
        byte[] bytes;
        try
        {
            var reading = Task.Run(() => ReadUpTo(path, MaxBytes + 1));
            if (Task.WaitAny([reading], Patience) < 0)
            {
                diagnostics.Add(code, shownAs, $"the file cannot be read: it has not come to its end in {Patience.TotalSeconds:0} s",
                    "give a file, or a pipe that somebody writes to");
                return null;
            }

            bytes = reading.GetAwaiter().GetResult();
        }
        catch (UnauthorizedAccessException)
        {
            diagnostics.Add(code, shownAs, "the file cannot be read: permission denied", "check its owner and mode: ls -l");
            return null;
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or NotSupportedException)
        {
            diagnostics.Add(code, shownAs, "the file cannot be read: the system reported an error",
                "check that it is a file and that its disk is there");
            return null;
        }

        if (bytes.Length > MaxBytes)
        {
            diagnostics.Add(DiagnosticCodes.FileTooLarge, shownAs, "the file is larger than 1 MiB",
                "check that this is the file you meant");
            return null;
        }

        return Decode(bytes, shownAs, diagnostics);
    }

    /// <summary>Decodes UTF-8 with or without a byte order mark; anything else is reported with its first bad byte.</summary>
    private static SourceText? Decode(ReadOnlySpan<byte> bytes, string shownAs, DiagnosticBag diagnostics)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        if (Utf8.IsValid(bytes))
        {
            return new SourceText(shownAs, Encoding.UTF8.GetString(bytes));
        }

        var position = 0;
        while (Rune.DecodeFromUtf8(bytes[position..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            position += consumed;
        }

        // The good part up to the bad byte, with a mark in its place, is what can be shown.
        var line = bytes[..position].Count((byte)'\n') + 1;
        var shown = new SourceText(shownAs, Encoding.UTF8.GetString(bytes[..position]) + "?");
        diagnostics.Add(DiagnosticCodes.NotText, shown, shown.SpanAt(shown.Text.Length - 1, 1),
            $"the file is not UTF-8 text: byte 0x{bytes[position]:X2} on line {line}",
            "the first byte that is not UTF-8", "save the file as UTF-8");
        return null;
    }

    private static byte[] ReadUpTo(string path, int limit)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var buffer = new byte[Math.Min(limit, 16 * 1024)];
        var length = 0;
        while (true)
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0 || length == limit)
            {
                return buffer[..length];
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(limit, buffer.Length * 2));
            }
        }
    }
}
