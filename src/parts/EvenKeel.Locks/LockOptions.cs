namespace EvenKeel.Locks;

/// <summary>How long to wait for a lock, and how long to have it.</summary>
public sealed record LockOptions
{
    /// <summary>The shortest lease: 100 ms.</summary>
    public static readonly TimeSpan MinLease = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest lease and the longest wait: 24 h.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Wait 30 s, lease 60 s, no renewal.</summary>
    public static LockOptions Default { get; } = new();

    /// <summary>How long to wait for somebody else's release: 0 (one attempt) to 24 h. Default 30 s.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the lock is held at most, or from one renewal to the next: 100 ms to 24 h. Default 60 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// True to renew the lease at every third of it until the release: then the lock is held for as long as the work takes, and after the end of
    /// this process for at most one lease. False, the default: it ends after one lease, whatever the holder does.
    /// </summary>
    public bool Renew { get; init; }

    internal void Validate()
    {
        Check(Wait, TimeSpan.Zero, nameof(Wait));
        Check(Lease, MinLease, nameof(Lease));
    }

    private static void Check(TimeSpan value, TimeSpan least, string name)
    {
        if (value < least || value > Longest)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} of a lock is {value}; it has to be from {least} to {Longest}.");
        }
    }
}
