using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Load;

namespace EvenKeel.Proof.Tests.Load;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void A_constant_rate_is_evenly_spaced()
    {
        var times = ArrivalSchedule.Constant(100, TimeSpan.FromSeconds(10)).IntendedTimes().ToList();

        Assert.Equal(1000, times.Count);
        Assert.All(times.Index(), time => Assert.Equal(time.Index * 10.0, time.Item.TotalMilliseconds, 3));
    }

    [Fact]
    public void A_ramp_sends_the_area_under_it_and_speeds_up_evenly()
    {
        var schedule = ArrivalSchedule.Of([Stage(1, 0), Stage(10, 100)]);

        var times = schedule.IntendedTimes().ToList();

        Assert.Equal(500, schedule.Total);
        Assert.Equal(500, times.Count);

        // From 0 to 100/s in 10 s: 5 t^2 requests after t seconds.
        Assert.All(times.Index(), time => Assert.Equal(1 + Math.Sqrt(time.Index / 5.0), time.Item.TotalSeconds, 4));
        Assert.Equal(50, schedule.RateAt(TimeSpan.FromSeconds(6)), 6);
    }

    [Fact]
    public void A_step_jumps_and_a_falling_ramp_slows_down()
    {
        var times = ArrivalSchedule.Of([Stage(1, 10), Stage(1, 50) with { Step = true }, Stage(1, 0)]).IntendedTimes().ToList();

        Assert.Equal(10 + 50 + 25, times.Count);
        Assert.Equal(10, times.Count(time => time < TimeSpan.FromSeconds(1)));
        Assert.Equal(50, times.Count(time => time >= TimeSpan.FromSeconds(1) && time < TimeSpan.FromSeconds(2)));
        Assert.Equal(times.Order(), times);
        Assert.True(times[^1] - times[^2] > times[61] - times[60]);
    }

    [Fact]
    public void The_first_stage_starts_at_its_target()
    {
        Assert.Equal(20, ArrivalSchedule.Of([Stage(2, 10)]).Total);
    }

    [Fact]
    public void Users_among_rates_are_refused()
    {
        var refused = Assert.Throws<ArgumentException>(
            () => ArrivalSchedule.Of([Stage(1, 10), new LoadStageOptions { Duration = TimeSpan.FromSeconds(1), Users = 5 }]));

        Assert.Contains("one model", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_follow_their_stages()
    {
        var schedule = new UserSchedule([Users(10, 10), Users(10, 50), Users(10, 5) with { Step = true }]);

        Assert.Equal(10, schedule.UsersAt(TimeSpan.Zero));
        Assert.Equal(30, schedule.UsersAt(TimeSpan.FromSeconds(15)));
        Assert.Equal(5, schedule.UsersAt(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, schedule.UsersAt(TimeSpan.FromSeconds(30)));
        Assert.Equal((50, TimeSpan.FromSeconds(30)), (schedule.Largest, schedule.Duration));
    }

    private static LoadStageOptions Stage(double seconds, double rate) => new() { Duration = TimeSpan.FromSeconds(seconds), Rate = rate };

    private static LoadStageOptions Users(double seconds, int users) => new() { Duration = TimeSpan.FromSeconds(seconds), Users = users };
}
