namespace EvenKeel.Gateway.Clients;

/// <summary>The time by which a client's connection has to have moved on, and what it was seen to do until then.</summary>
internal struct ClientDeadline
{
    /// <summary>The most bytes that are dropped after the last response.</summary>
    public const long MaxDiscarded = 16 * 1024 * 1024;

    private long _at;
    private int _queued;

    /// <summary>Bytes dropped after the last response.</summary>
    public long Discarded { get; set; }

    /// <summary>Sets it.</summary>
    public void Arm(long now, long ticks, int queued = 0)
    {
        _at = now + ticks;
        _queued = queued;
    }

    /// <summary>Brings it forward, never back.</summary>
    public void Shorten(long now, long ticks) => _at = Math.Min(_at, now + ticks);

    /// <summary>True when it has passed.</summary>
    public readonly bool HasPassed(long now) => _at != 0 && now >= _at;

    /// <summary>True when less is queued than when it was set, and something still is: the client reads, if slowly.</summary>
    public readonly bool SeesProgress(int queued) => queued > 0 && queued < _queued;
}
