namespace EvenKeel.Proof.Clocks;

/// <summary>Time since the start of a run or of one of its scenarios, on one monotonic clock, and the wall-clock time that it stands for.</summary>
/// <param name="time">The clock behind it.</param>
public sealed class RunClock(TimeProvider time)
{
    private readonly long _origin = time.GetTimestamp();

    /// <summary>The clock behind it.</summary>
    public TimeProvider Time => time;

    /// <summary>When the run started, by the wall clock.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Time since the start.</summary>
    public TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>The start, as a timestamp of the clock.</summary>
    public long Origin => _origin;

    /// <summary>The time since the start of a timestamp of the same clock; never below zero.</summary>
    public TimeSpan At(long timestamp) => timestamp <= _origin ? TimeSpan.Zero : time.GetElapsedTime(_origin, timestamp);

    /// <summary>The wall-clock time of a time since the start.</summary>
    public DateTimeOffset WallClock(TimeSpan at) => StartedAt + at;
}
