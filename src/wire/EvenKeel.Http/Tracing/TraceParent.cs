using System.Globalization;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Http.Tracing;

/// <summary>
/// The value of a <c>traceparent</c> field (W3C Trace Context, Level 2): which trace a request belongs to, and which operation asked. Level 2
/// reads what Level 1 writes.
/// </summary>
/// <param name="TraceId">The trace; never 0.</param>
/// <param name="ParentId">The operation that asked; never 0.</param>
/// <param name="Flags">The flags that are known: sampled, and random trace id.</param>
public readonly record struct TraceParent(UInt128 TraceId, ulong ParentId, byte Flags)
{
    /// <summary>The length of a value of version 00, the only one that is written.</summary>
    public const int Length = 55;

    /// <summary>The caller may have recorded the trace.</summary>
    public const byte Sampled = 1;

    /// <summary>The trace id is random in its last seven bytes.</summary>
    public const byte RandomId = 2;

    private const int FlagsStart = 53;

    /// <summary>
    /// Reads a value. 1. A version that is not ff; 00 has nothing behind its flags, a later version may after a dash. 2. An id of the trace and
    /// of the parent, in lower-case digits and not 0. 3. The flags, of which unknown ones are dropped.
    /// </summary>
    /// <returns>False when it is not valid: then the trace starts anew.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, out TraceParent parent)
    {
        parent = default;

        // 1.
        if (value.Length < Length || !TryReadHex(value[..2], out var version) || version == 0xff
            || (value.Length > Length && (version == 0 || value[Length] != '-'))
            || value[2] != '-' || value[35] != '-' || value[52] != '-')
        {
            return false;
        }

        // 2.
        if (!TryReadHex(value[3..19], out var high) || !TryReadHex(value[19..35], out var low) || (high | low) == 0
            || !TryReadHex(value[36..52], out var id) || id == 0)
        {
            return false;
        }

        // 3.
        if (!TryReadHex(value[FlagsStart..Length], out var flags))
        {
            return false;
        }

        parent = new TraceParent(new UInt128(high, low), id, (byte)(flags & (Sampled | RandomId)));
        return true;
    }

    /// <summary>Appends the value in version 00.</summary>
    public void Write(scoped ref ByteWriter writer)
    {
        Span<byte> text = stackalloc byte[Length];
        "00-"u8.CopyTo(text);
        WriteTraceId(text[3..]);
        text[35] = text[52] = (byte)'-';
        ParentId.TryFormat(text[36..], out _, "x16", CultureInfo.InvariantCulture);
        Flags.TryFormat(text[FlagsStart..], out _, "x2", CultureInfo.InvariantCulture);
        writer.Write(text);
    }

    /// <summary>Writes the trace id as 32 digits.</summary>
    /// <param name="destination">Where to write.</param>
    public void WriteTraceId(Span<byte> destination)
    {
        ((ulong)(TraceId >> 64)).TryFormat(destination, out _, "x16", CultureInfo.InvariantCulture);
        ((ulong)TraceId).TryFormat(destination[16..], out _, "x16", CultureInfo.InvariantCulture);
    }

    private static bool TryReadHex(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            var bits = digit switch
            {
                >= (byte)'0' and <= (byte)'9' => digit - '0',
                >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
                _ => -1,
            };
            if (bits < 0)
            {
                return false;
            }

            value = (value << 4) | (uint)bits;
        }

        return true;
    }
}
