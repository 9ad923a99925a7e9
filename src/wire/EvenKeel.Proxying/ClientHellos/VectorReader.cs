using System.Buffers.Binary;

namespace EvenKeel.Proxying.ClientHellos;

/// <summary>Reads the vectors of TLS: a length of one or two bytes, and as many bytes (RFC 8446 section 3.4).</summary>
internal ref struct VectorReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public bool TrySkip(int count)
    {
        if (_rest.Length < count)
        {
            return false;
        }

        _rest = _rest[count..];
        return true;
    }

    public bool TryReadNumber(out int value)
    {
        value = _rest.Length < 2 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(_rest);
        return TrySkip(2);
    }

    public bool TryRead(int lengthBytes, out ReadOnlySpan<byte> vector)
    {
        vector = default;
        if (_rest.Length < lengthBytes)
        {
            return false;
        }

        int length = lengthBytes == 1 ? _rest[0] : BinaryPrimitives.ReadUInt16BigEndian(_rest);
        if (_rest.Length - lengthBytes < length)
        {
            return false;
        }

        vector = _rest.Slice(lengthBytes, length);
        _rest = _rest[(lengthBytes + length)..];
        return true;
    }
}
