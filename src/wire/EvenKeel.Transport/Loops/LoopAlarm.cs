namespace EvenKeel.Transport.Loops;

/// <summary>
/// Wakes a loop by a timer of a clock that is not the system's: such a clock does not pass while the thread waits, so the wait cannot be
/// limited by it.
/// </summary>
internal sealed class LoopAlarm : IDisposable
{
    private readonly ITimer _timer;

    /// <summary>Makes an alarm that is not set.</summary>
    public LoopAlarm(TimeProvider time, Action wake)
        => _timer = time.CreateTimer(static state => ((Action)state!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Sets it, or unsets it with null.</summary>
    public void Set(TimeSpan? delay) => _timer.Change(delay ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
