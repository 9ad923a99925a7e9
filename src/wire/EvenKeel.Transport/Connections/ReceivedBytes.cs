namespace EvenKeel.Transport.Connections;

/// <summary>
/// Received bytes in a borrowed buffer, with writable room in front of them, so that a rewritten head can be put right before a body and
/// both be sent at once without copying the body.
/// </summary>
public readonly ref struct ReceivedBytes
{
    private readonly Span<byte> _buffer;

    /// <summary>Wraps a buffer whose first <paramref name="headroom"/> bytes are free and whose rest was received.</summary>
    public ReceivedBytes(Span<byte> buffer, int headroom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(headroom);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(headroom, buffer.Length);
        _buffer = buffer;
        Headroom = headroom;
    }

    /// <summary>Writable bytes in front of <see cref="Data"/>.</summary>
    public int Headroom { get; }

    /// <summary>The received bytes; the handler may write over them.</summary>
    public Span<byte> Data => _buffer[Headroom..];

    /// <summary>The bytes from <paramref name="before"/> bytes before position <paramref name="position"/> of <see cref="Data"/> to the end of it.</summary>
    public Span<byte> From(int position, int before) => _buffer[(Headroom + position - before)..];
}
