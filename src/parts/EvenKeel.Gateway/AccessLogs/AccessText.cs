namespace EvenKeel.Gateway.AccessLogs;

/// <summary>A text in a room of fixed size: what does not fit is cut, and remembered to be.</summary>
/// <param name="capacity">The most bytes.</param>
internal sealed class AccessText(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>What fitted.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>True when there was more.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        _length = 0;
        IsCut = false;
        Append(text);
    }

    /// <summary>Adds to it.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        var taken = Math.Min(text.Length, _bytes.Length - _length);
        text[..taken].CopyTo(_bytes.AsSpan(_length));
        _length += taken;
        IsCut |= taken < text.Length;
    }

    /// <summary>Takes another's over.</summary>
    public void CopyFrom(AccessText other)
    {
        Set(other.Bytes);
        IsCut |= other.IsCut;
    }
}
