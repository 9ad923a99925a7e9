using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Runs;

namespace EvenKeel.Proof.Tests.Runs;

public sealed class ExpectedDowntimeTests
{
    [Fact]
    public void Two_of_two_lost_forty_seconds_apart_are_down_for_what_is_left_of_the_replacement()
    {
        var expected = ExpectedDowntime.Of([Kill(1, 25, 75, "web-1"), Kill(2, 65, 75, "web-2")], ["web-1", "web-2"])!;

        Assert.Equal((TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(35)), (expected.Replacement, expected.Gap, expected.Downtime));
    }

    [Fact]
    public void A_third_instance_makes_it_none()
    {
        Assert.Equal(TimeSpan.Zero, ExpectedDowntime.Of([Kill(1, 25, 75, "web-1"), Kill(2, 65, 75, "web-2")], ["web-1", "web-2", "web-3"])!.Downtime);
    }

    [Fact]
    public void A_gap_longer_than_the_replacement_makes_it_none()
    {
        Assert.Equal(TimeSpan.Zero, ExpectedDowntime.Of([Kill(1, 0, 30, "web-1"), Kill(2, 40, 30, "web-2")], ["web-1", "web-2"])!.Downtime);
    }

    [Fact]
    public void All_at_once_are_down_for_the_whole_replacement()
    {
        Assert.Equal(TimeSpan.FromSeconds(75), ExpectedDowntime.Of([Kill(1, 25, 75, "web-1", "web-2")], ["web-1", "web-2"])!.Downtime);
    }

    [Fact]
    public void Nothing_is_expected_when_no_replacement_was_seen()
    {
        Assert.Null(ExpectedDowntime.Of([Kill(1, 25, 75, "web-1") with { RecoveredAt = null }], ["web-1"]));
    }

    private static FaultRecord Kill(int number, double at, double replacement, params string[] targets) =>
        new(new PlannedFault(number, FaultKind.Kill, targets, TimeSpan.Zero, TimeSpan.Zero), TimeSpan.FromSeconds(at), [])
        {
            ConfirmedAt = TimeSpan.FromSeconds(at),
            RecoveredAt = TimeSpan.FromSeconds(at + replacement),
        };
}
