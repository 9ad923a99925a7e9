namespace EvenKeel.Fleet.Guard;

/// <summary>How long to wait before the next guardian is started: 0 at first, then 0.1 s and twice as long each time, up to 10 s.</summary>
internal sealed class GuardianPace(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A guardian that lived this long owes nothing to the one before.</summary>
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);

    private long _started = time.GetTimestamp();

    /// <summary>What the next call of <see cref="Next"/> returns, unless a guardian lives long meanwhile.</summary>
    public TimeSpan Delay { get; private set; } = TimeSpan.Zero;

    /// <summary>A guardian runs.</summary>
    public void Started() => _started = time.GetTimestamp();

    /// <summary>How long to wait now.</summary>
    public TimeSpan Next()
    {
        if (time.GetElapsedTime(_started) >= LongLife)
        {
            Delay = TimeSpan.Zero;
        }

        TimeSpan now = Delay;
        Delay = Delay == TimeSpan.Zero ? Shortest : TimeSpan.FromTicks(Math.Min(Delay.Ticks * 2, Longest.Ticks));
        return now;
    }
}
