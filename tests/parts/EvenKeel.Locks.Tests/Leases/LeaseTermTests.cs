using EvenKeel.Locks.Leases;

namespace EvenKeel.Locks.Tests.Leases;

public class LeaseTermTests
{
    [Fact]
    public void A_lease_counts_from_before_the_request_and_less_the_drift_and_a_late_timer()
    {
        var time = new StoppedTime();
        var term = new LeaseTerm(time.GetTimestamp(), TimeSpan.FromSeconds(60), ClockDrift: 0.01);
        Assert.Equal(TimeSpan.FromMilliseconds(59_380), term.Left(time));
        Assert.Equal(TimeSpan.FromSeconds(20), term.UntilRenewal(time));
        time.Milliseconds += 59_380;
        Assert.Equal(TimeSpan.Zero, term.Left(time));
    }

    private sealed class StoppedTime : TimeProvider
    {
        public long Milliseconds { get; set; } = 7;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }
}
