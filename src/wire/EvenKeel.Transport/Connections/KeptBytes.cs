using System.Buffers;

namespace EvenKeel.Transport.Connections;

/// <summary>What a handler left unconsumed, in a pooled array of about its size; nothing is held when nothing was left.</summary>
internal struct KeptBytes
{
    private byte[]? _array;

    /// <summary>How many bytes were left.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes.</summary>
    public readonly ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    /// <summary>Replaces them by a copy.</summary>
    public void Set(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            Clear();
            return;
        }

        if (_array is null || _array.Length < bytes.Length)
        {
            Clear();
            _array = ArrayPool<byte>.Shared.Rent(bytes.Length);
        }

        bytes.CopyTo(_array);
        Length = bytes.Length;
    }

    /// <summary>Drops them.</summary>
    public void Clear()
    {
        Length = 0;
        if (_array is { } array)
        {
            _array = null;
            ArrayPool<byte>.Shared.Return(array);
        }
    }
}
