namespace EvenKeel.Transport.Tls;

/// <summary>
/// The keys of session tickets: a new one is made every hour, and the one before still opens tickets for an hour. Whoever steals the keys
/// reads no recorded connection older than two hours. Thread-safe.
/// </summary>
internal sealed class TicketKeys(TimeProvider time)
{
    /// <summary>Bytes of a key's name, as TLS has them.</summary>
    public const int NameLength = 16;

    /// <summary>How long a key seals.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private TicketKey _current = TicketKey.New(time.GetTimestamp());
    private TicketKey? _previous;

    /// <summary>The key that seals now.</summary>
    public TicketKey Current()
    {
        lock (_lock)
        {
            Rotate();
            return _current;
        }
    }

    /// <summary>The key of a name, or null when there is none (any more).</summary>
    public TicketKey? Find(ReadOnlySpan<byte> name, out bool isCurrent)
    {
        lock (_lock)
        {
            Rotate();
            isCurrent = name.SequenceEqual(_current.Name);
            return isCurrent ? _current : _previous is { } previous && name.SequenceEqual(previous.Name) ? previous : null;
        }
    }

    private void Rotate()
    {
        TimeSpan age = time.GetElapsedTime(_current.Since);
        if (age >= Period)
        {
            _previous = age < Period * 2 ? _current : null;
            _current = TicketKey.New(time.GetTimestamp());
        }
    }
}
