namespace EvenKeel.Resp.Requests;

/// <summary>The arguments of one request, the command's name first, in one buffer that the next request reuses. Copy what is to be kept.</summary>
public sealed class RequestArguments
{
    private const int KeptBytes = 64 * 1024;
    private byte[] _bytes = new byte[512];
    private int[] _ends = new int[8];
    private int _count;
    private int _length;

    /// <summary>How many arguments there are.</summary>
    public int Count => _count;

    /// <summary>Bytes of all arguments together.</summary>
    internal int Length => _length;

    /// <summary>An argument's bytes, valid until the parser reads on.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            int start = index == 0 ? 0 : _ends[index - 1];
            return _bytes.AsSpan(start, _ends[index] - start);
        }
    }

    internal void Clear()
    {
        _count = 0;
        _length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[512];
        }

        if (_ends.Length > KeptBytes / sizeof(int))
        {
            _ends = new int[8];
        }
    }

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        int needed = _length + bytes.Length;
        if (needed > _bytes.Length)
        {
            int doubled = (int)Math.Min((long)_bytes.Length * 2, Array.MaxLength);
            Array.Resize(ref _bytes, Math.Max(needed, doubled));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length = needed;
    }

    internal void EndArgument()
    {
        if (_count == _ends.Length)
        {
            Array.Resize(ref _ends, _count * 2);
        }

        _ends[_count++] = _length;
    }
}
