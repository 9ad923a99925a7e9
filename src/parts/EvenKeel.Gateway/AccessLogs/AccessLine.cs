using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>Writes lines: a JSON object in ASCII and a line feed each. What is not known is left out. Used by one thread.</summary>
/// <param name="frequency">Ticks of the gateway's clock in one second.</param>
internal sealed class AccessLine(long frequency)
{
    /// <summary>The longest line: every byte of every text may need six.</summary>
    public const int MaxLength = 16 * 1024;

    // To the millisecond.
    private const int StampLength = 23;

    // Many lines of a busy gateway begin in the same millisecond.
    private readonly byte[] _stamp = new byte[32];
    private readonly double _microseconds = 1_000_000.0 / frequency;
    private long _stampedAt = -1;

    /// <summary>Appends a line.</summary>
    /// <param name="bytes">A record of an <see cref="AccessRing"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="mark">The timestamp that belongs to it.</param>
    /// <param name="writer">Where to write.</param>
    public void Write(ReadOnlySpan<byte> bytes, DateTimeOffset now, long mark, ref ByteWriter writer)
    {
        AccessRecord record = MemoryMarshal.Read<AccessRecord>(bytes);
        ReadOnlySpan<byte> texts = bytes[Unsafe.SizeOf<AccessRecord>()..];

        // The loops read the clock as a timestamp. What time that was: as long ago as the timestamp is behind the clock's.
        WriteStamp(now.UtcDateTime.AddMicroseconds(-Between(record.Started, mark)), ref writer);

        // 1. The request.
        AccessText.WriteMember("client"u8, Next(ref texts, record.Client), ref writer);
        AccessText.WriteMember("method"u8, Next(ref texts, record.Method), ref writer);
        AccessText.WriteMember("host"u8, Next(ref texts, record.Host), ref writer);
        writer.Write(record.HostIsCut ? ",\"host_cut\":true"u8 : default);
        AccessText.WriteMember("path"u8, Next(ref texts, record.Path), ref writer);
        writer.Write(record.PathIsCut ? ",\"path_cut\":true"u8 : default);

        // 2. What became of it, and who did it.
        WriteNumber(",\"status\":"u8, record.Status, ref writer);
        writer.Write(",\"reason\":\""u8);
        writer.Write(Terminations.NameOf(record.Termination, record.Problem));
        writer.Write("\""u8);
        writer.Write(texts);
        WriteNumber(",\"attempts\":"u8, record.Attempts, ref writer);
        WriteNumber(",\"request_bytes\":"u8, record.RequestBytes, ref writer);
        WriteNumber(",\"response_bytes\":"u8, record.ResponseBytes, ref writer);

        // 3. How long it took.
        WritePhases(in record, ref writer);

        // 4. Its trace.
        if (record.TraceId != 0)
        {
            WriteTrace(record.TraceId, record.SpanId, ref writer);
        }

        writer.Write("}\n"u8);
    }

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> texts, int length)
    {
        ReadOnlySpan<byte> text = texts[..length];
        texts = texts[length..];
        return text;
    }

    private void WriteStamp(DateTime time, ref ByteWriter writer)
    {
        long millisecond = time.Ticks / TimeSpan.TicksPerMillisecond;
        if (millisecond != _stampedAt)
        {
            time.TryFormat(_stamp, out _, "O", CultureInfo.InvariantCulture);
            _stampedAt = millisecond;
        }

        writer.Write("{\"ts\":\""u8);
        writer.Write(_stamp.AsSpan(0, StampLength));
        writer.Write("Z\""u8);
    }

    // The phase in which the exchange ended lasts until its end, later ones are left out: the phases of a line add up to its total.
    private void WritePhases(in AccessRecord record, ref ByteWriter writer)
    {
        long total = Between(record.Started, record.Ended);
        long before = 0;
        bool goesOn = WritePhase(",\"wait_ms\":"u8, record.Started, record.Attempted, total, ref before, ref writer)
            && WritePhase(",\"connect_ms\":"u8, record.Started, record.Connected, total, ref before, ref writer)
            && WritePhase(",\"first_byte_ms\":"u8, record.Started, record.FirstByte, total, ref before, ref writer);
        if (goesOn)
        {
            WriteMilliseconds(",\"transfer_ms\":"u8, total - before, ref writer);
        }

        WriteMilliseconds(",\"total_ms\":"u8, total, ref writer);
    }

    private bool WritePhase(scoped ReadOnlySpan<byte> name, long started, long ended, long total, ref long before, ref ByteWriter writer)
    {
        long end = ended == 0 ? total : Between(started, ended);
        WriteMilliseconds(name, end - before, ref writer);
        before = end;
        return ended != 0;
    }

    private long Between(long start, long end) => (long)((end - start) * _microseconds);

    private static void WriteMilliseconds(scoped ReadOnlySpan<byte> name, long microseconds, ref ByteWriter writer)
    {
        (long whole, long rest) = Math.DivRem(microseconds, 1000);
        WriteNumber(name, whole, ref writer);
        writer.Write([(byte)'.', (byte)('0' + (rest / 100)), (byte)('0' + (rest / 10 % 10)), (byte)('0' + (rest % 10))]);
    }

    private static void WriteNumber(scoped ReadOnlySpan<byte> name, long value, ref ByteWriter writer)
    {
        writer.Write(name);
        writer.WriteNumber(value);
    }

    private static void WriteTrace(UInt128 trace, ulong span, ref ByteWriter writer)
    {
        Span<byte> bytes = stackalloc byte[24];
        Span<byte> digits = stackalloc byte[48];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, trace);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], span);
        Convert.TryToHexStringLower(bytes, digits, out _);
        writer.Write(",\"trace_id\":\""u8);
        writer.Write(digits[..32]);
        writer.Write("\",\"span_id\":\""u8);
        writer.Write(digits[32..]);
        writer.Write("\""u8);
    }
}
