using System.Buffers;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Http.Heads;

/// <summary>
/// The form of a path that decisions are made with, so that two ways to write one path are never treated differently. Refused is what
/// servers do not agree on: dot segments, encoded slashes, broken encodings. Slashes in a row count as one; what is encoded without need is
/// decoded; what stays encoded has capital digits.
/// </summary>
/// <remarks>
/// 1. Most paths are in normal form and are returned as they are. 2. Others are written anew, byte by byte. 3. Segments are judged after
/// decoding. Not handled: a server that decodes twice, or that ignores case or parameters behind a semicolon, reads more than is seen here.
/// </remarks>
public static class NormalPath
{
    // What a path may hold as it is, slashes apart.
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        "!$&'()*+,-.0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Gives the normal form.</summary>
    /// <param name="path">A path of a parsed head, or <c>*</c>.</param>
    /// <param name="room">Room for as many bytes as the path has.</param>
    /// <param name="normal">The normal form: the path itself, or what was written to <paramref name="room"/>.</param>
    /// <param name="keepSlashes">True to keep encoded slashes and backslashes as they are: they part no segments, and still no dots.</param>
    public static HttpFault Read(ReadOnlySpan<byte> path, Span<byte> room, out ReadOnlySpan<byte> normal, bool keepSlashes = false)
    {
        // 1.
        normal = path;
        if (!path.Contains((byte)'%') && path.IndexOf("//"u8) < 0 && path.IndexOf("/."u8) < 0)
        {
            return HttpFault.None;
        }

        // 2.
        var writer = new ByteWriter(room);
        var last = (byte)0;
        for (var i = 0; i < path.Length; i++)
        {
            var value = path[i];
            if (value == '%')
            {
                if (ReadEncoded(path[i..], keepSlashes, out value) is not HttpFault.None and var fault)
                {
                    return fault;
                }

                i += 2;
                if (!Plain.Contains(value))
                {
                    WriteEncoded(value, ref writer);
                    last = 0;
                    continue;
                }
            }

            // A plain slash: an encoded one was written above, or refused.
            if (value != '/' || last != '/')
            {
                writer.Write([value]);
            }

            last = value;
        }

        // 3.
        normal = room[..writer.Length];
        return HasDotSegment(normal) ? HttpFault.PathDotSegment : HttpFault.None;
    }

    /// <summary>True when a segment, its parameters left out, is one or two dots. Encoded separators count as separators here.</summary>
    public static bool HasDotSegment(ReadOnlySpan<byte> path)
    {
        while (true)
        {
            var dot = path.IndexOf((byte)'.');
            if (dot < 0)
            {
                return false;
            }

            var dots = path[dot..].StartsWith(".."u8) ? 2 : 1;
            var after = path[(dot + dots)..];
            if (EndsInSeparator(path[..dot]) && (after.IsEmpty || after[0] is (byte)'/' or (byte)';' || StartsWithEncodedSlash(after)))
            {
                return true;
            }

            // A run of three dots or more is no such segment: what follows it does not begin one.
            path = after.TrimStart((byte)'.');
        }
    }

    private static bool EndsInSeparator(ReadOnlySpan<byte> path) => path is [.., (byte)'/'] || (path.Length >= 3 && StartsWithEncodedSlash(path[^3..]));

    private static bool StartsWithEncodedSlash(ReadOnlySpan<byte> path) => path.StartsWith("%2F"u8) || path.StartsWith("%5C"u8);

    private static HttpFault ReadEncoded(ReadOnlySpan<byte> text, bool keepSlashes, out byte value)
    {
        value = 0;
        if (text.Length < 3 || !char.IsAsciiHexDigit((char)text[1]) || !char.IsAsciiHexDigit((char)text[2]))
        {
            return HttpFault.PathEncodingInvalid;
        }

        value = (byte)((Digit(text[1]) << 4) | Digit(text[2]));
        return value is < 0x20 or 0x7F ? HttpFault.PathEncodingInvalid
            : value is (byte)'/' or (byte)'\\' && !keepSlashes ? HttpFault.PathSlashEncoded
            : HttpFault.None;
    }

    private static int Digit(byte value) => value <= '9' ? value - '0' : (value & 0x0F) + 9;

    private static void WriteEncoded(byte value, ref ByteWriter writer)
    {
        const string Digits = "0123456789ABCDEF";
        writer.Write([(byte)'%', (byte)Digits[value >> 4], (byte)Digits[value & 0x0F]]);
    }
}
