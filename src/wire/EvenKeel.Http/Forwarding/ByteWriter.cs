using System.Buffers.Text;

namespace EvenKeel.Http.Forwarding;

/// <summary>Appends to a span. What does not fit is left out and remembered, so that a caller asks once, at the end.</summary>
public ref struct ByteWriter
{
    private readonly Span<byte> _destination;

    /// <summary>Writes from the start of a span.</summary>
    public ByteWriter(Span<byte> destination) => _destination = destination;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>True when something did not fit; the content is then useless.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Appends bytes.</summary>
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(_destination[Length..]))
        {
            Length += bytes.Length;
        }
        else
        {
            Overflowed = true;
        }
    }

    /// <summary>Appends a number in decimal digits.</summary>
    public void WriteNumber(long value)
    {
        if (Utf8Formatter.TryFormat(value, _destination[Length..], out var written))
        {
            Length += written;
        }
        else
        {
            Overflowed = true;
        }
    }

    /// <summary>Appends a number in hexadecimal digits without leading zeros.</summary>
    public void WriteHex(ulong value)
    {
        if (value.TryFormat(_destination[Length..], out var written, "x", null))
        {
            Length += written;
        }
        else
        {
            Overflowed = true;
        }
    }

    /// <summary>Appends a field line.</summary>
    public void WriteField(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Write(name);
        Write(": "u8);
        Write(value);
        Write("\r\n"u8);
    }
}
