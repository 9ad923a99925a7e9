namespace Metering.Tests.Ingest;

/// <summary>A clock that runs fifty times as fast as the system's, so that five seconds need not be waited for.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Factor = 50;
    private readonly long _start = System.GetTimestamp();
    private readonly DateTimeOffset _began = System.GetUtcNow();

    public override long GetTimestamp() => _start + ((System.GetTimestamp() - _start) * Factor);

    public override DateTimeOffset GetUtcNow() => _began + GetElapsedTime(_start);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Factor : dueTime, period);
}
