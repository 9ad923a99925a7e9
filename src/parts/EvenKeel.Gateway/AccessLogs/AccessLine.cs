using System.Globalization;
using System.Text;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>Writes one line: a JSON object in ASCII and a line feed. What is not known is left out.</summary>
internal static class AccessLine
{
    /// <summary>The longest line: every byte of every text may need six.</summary>
    public const int MaxLength = 12 * 1024;

    // To the millisecond.
    private const int StampLength = 23;
    private const double Microseconds = 1_000_000;

    /// <summary>Appends a line.</summary>
    /// <param name="entry">What it says.</param>
    /// <param name="time">When the exchange began.</param>
    /// <param name="frequency">Ticks of the gateway's clock in one second.</param>
    /// <param name="writer">Where to write.</param>
    public static void Write(AccessEntry entry, DateTimeOffset time, long frequency, ref ByteWriter writer)
    {
        var request = entry.Request;
        var outcome = entry.Outcome;
        // Formats of one letter have a fast way in the runtime; a line is written for each request.
        Span<byte> stamp = stackalloc byte[32];
        time.UtcDateTime.TryFormat(stamp, out _, "O", CultureInfo.InvariantCulture);
        writer.Write("{\"ts\":\""u8);
        writer.Write(stamp[..StampLength]);
        writer.Write("Z\""u8);

        // 1. The request.
        WriteText("client"u8, request.Client, ref writer);
        WriteText("method"u8, request.Method, ref writer);
        WriteText("host"u8, request.Host, ref writer);
        WriteText("path"u8, request.Path, ref writer);

        // 2. What became of it, and who did it.
        WriteNumber("status"u8, outcome.Status, ref writer);
        WriteBytes("reason"u8, Terminations.NameOf(outcome.Termination, outcome.Problem), ref writer);
        WriteName("route"u8, outcome.Route, ref writer);
        WriteName("service"u8, outcome.Service, ref writer);
        WriteName("instance"u8, outcome.Endpoint, ref writer);
        WriteNumber("attempts"u8, outcome.Attempts, ref writer);
        WriteNumber("request_bytes"u8, outcome.RequestBytes, ref writer);
        WriteNumber("response_bytes"u8, outcome.ResponseBytes, ref writer);

        // 3. How long it took.
        WritePhases(in outcome, frequency, ref writer);

        // 4. Its trace.
        if (outcome.TraceId != 0)
        {
            Span<byte> id = stackalloc byte[32];
            ((ulong)(outcome.TraceId >> 64)).TryFormat(id, out _, "x16", CultureInfo.InvariantCulture);
            ((ulong)outcome.TraceId).TryFormat(id[16..], out _, "x16", CultureInfo.InvariantCulture);
            WriteBytes("trace_id"u8, id, ref writer);
            outcome.SpanId.TryFormat(id, out _, "x16", CultureInfo.InvariantCulture);
            WriteBytes("span_id"u8, id[..16], ref writer);
        }

        writer.Write("}\n"u8);
    }

    // The phase in which the exchange ended lasts until its end, later ones are left out: the phases of a line add up to its total.
    private static void WritePhases(in AccessOutcome outcome, long frequency, ref ByteWriter writer)
    {
        Span<long> ends = [outcome.Attempted, outcome.Connected, outcome.FirstByte, outcome.Ended];
        var total = Since(outcome.Started, outcome.Ended, frequency);
        var before = 0L;
        for (var i = 0; i < ends.Length; i++)
        {
            var isLast = i == ends.Length - 1 || ends[i] == 0;
            var end = isLast ? total : Since(outcome.Started, ends[i], frequency);
            WriteMilliseconds(NameOf(i), end - before, ref writer);
            before = end;
            if (isLast)
            {
                break;
            }
        }

        WriteMilliseconds("total_ms"u8, total, ref writer);
    }

    private static ReadOnlySpan<byte> NameOf(int phase) => phase switch
    {
        0 => "wait_ms"u8,
        1 => "connect_ms"u8,
        2 => "first_byte_ms"u8,
        _ => "transfer_ms"u8,
    };

    private static long Since(long start, long end, long frequency) => (long)((end - start) * (Microseconds / frequency));

    private static void WriteMilliseconds(scoped ReadOnlySpan<byte> name, long microseconds, ref ByteWriter writer)
    {
        WriteNumber(name, microseconds / 1000, ref writer);
        Span<byte> digits = stackalloc byte[4];
        digits[0] = (byte)'.';
        (microseconds % 1000).TryFormat(digits[1..], out _, "D3", CultureInfo.InvariantCulture);
        writer.Write(digits);
    }

    private static void WriteNumber(scoped ReadOnlySpan<byte> name, long value, ref ByteWriter writer)
    {
        writer.Write(",\""u8);
        writer.Write(name);
        writer.Write("\":"u8);
        writer.WriteNumber(value);
    }

    private static void WriteText(scoped ReadOnlySpan<byte> name, AccessText text, ref ByteWriter writer)
    {
        WriteBytes(name, text.Bytes, ref writer);
        if (text.IsCut)
        {
            writer.Write(",\""u8);
            writer.Write(name);
            writer.Write("_cut\":true"u8);
        }
    }

    private static void WriteName(scoped ReadOnlySpan<byte> name, string? text, ref ByteWriter writer)
    {
        // Names are short; a route's pattern that is longer than this is cut.
        Span<byte> bytes = stackalloc byte[1024];
        Encoding.UTF8.TryGetBytes(text.AsSpan(0, Math.Min(text?.Length ?? 0, bytes.Length / 3)), bytes, out var length);
        WriteBytes(name, bytes[..length], ref writer);
    }

    private static void WriteBytes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, ref ByteWriter writer)
    {
        if (value.IsEmpty)
        {
            return;
        }

        writer.Write(",\""u8);
        writer.Write(name);
        writer.Write("\":\""u8);
        Span<byte> escape = stackalloc byte[6];
        "\\u00"u8.CopyTo(escape);
        while (!value.IsEmpty)
        {
            // Bytes beyond ASCII stand as the characters of Latin-1: what clients send need not be UTF-8.
            var plain = value.IndexOfAny(Escaped);
            plain = plain < 0 ? value.Length : plain;
            writer.Write(value[..plain]);
            value = value[plain..];
            if (!value.IsEmpty)
            {
                value[0].TryFormat(escape[4..], out _, "x2", CultureInfo.InvariantCulture);
                writer.Write(escape);
                value = value[1..];
            }
        }

        writer.Write("\""u8);
    }

    private static readonly System.Buffers.SearchValues<byte> Escaped = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(value => value is < 0x20 or '"' or '\\' or >= 0x7f).Select(value => (byte)value)]);
}
