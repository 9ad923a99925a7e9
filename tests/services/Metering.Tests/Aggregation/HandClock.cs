namespace Metering.Tests.Aggregation;

/// <summary>A clock that a test moves, in seconds.</summary>
internal sealed class HandClock : TimeProvider
{
    public long Now { get; set; } = 1000;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Now;
}
