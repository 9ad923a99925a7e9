namespace EvenKeel.State.Server.Tests.Keys;

/// <summary>A clock that moves when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _milliseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(56).AddMilliseconds(_milliseconds);

    public void Advance(long milliseconds) => _milliseconds += milliseconds;
}
