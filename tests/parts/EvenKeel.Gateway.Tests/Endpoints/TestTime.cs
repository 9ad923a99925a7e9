namespace EvenKeel.Gateway.Tests.Endpoints;

/// <summary>A clock without timers that passes when a test says so, at a frequency that is not the usual one.</summary>
internal sealed class TestTime : TimeProvider
{
    private TimeSpan _now = TimeSpan.FromDays(3);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond * 7;

    public override long GetTimestamp() => _now.Ticks * 7;

    public void Advance(TimeSpan by) => _now += by;
}
