using EvenKeel.Control.Health;

namespace EvenKeel.Control.Tests.Health;

public sealed class HealthStateTests
{
    [Theory]
    [InlineData("", HealthStatus.Starting)]
    [InlineData("----------", HealthStatus.Starting)]
    [InlineData("-+", HealthStatus.Healthy)]
    [InlineData("+", HealthStatus.Healthy)]
    [InlineData("+--", HealthStatus.Healthy)]
    [InlineData("+--+--", HealthStatus.Healthy)]
    [InlineData("+---", HealthStatus.Unhealthy)]
    [InlineData("+---+", HealthStatus.Unhealthy)]
    [InlineData("+---+-+", HealthStatus.Unhealthy)]
    [InlineData("+---++", HealthStatus.Healthy)]
    [InlineData("+---++--", HealthStatus.Healthy)]
    [InlineData("+---++---", HealthStatus.Unhealthy)]
    public void Two_successes_bring_back_and_three_failures_take_out(string results, HealthStatus expected)
        => Assert.Equal(expected, results.Aggregate(new HealthState(rise: 2, fall: 3), (state, result) => state.Next(result == '+')).Status);

    [Fact]
    public void A_result_that_agrees_with_the_status_forgets_what_spoke_against_it()
    {
        HealthState state = new HealthState(2, 3).Next(true).Next(false).Next(false);
        Assert.Equal(2, state.Against);
        Assert.Equal(0, state.Next(true).Against);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("+", 5)]
    [InlineData("+-", 1)]
    [InlineData("+-+", 5)]
    [InlineData("+---", 5)]
    [InlineData("+---+", 1)]
    [InlineData("+---++", 5)]
    public void Checks_come_faster_while_the_status_may_change(string results, int expected)
    {
        HealthState state = results.Aggregate(new HealthState(rise: 2, fall: 3), (state, result) => state.Next(result == '+'));
        Assert.Equal(expected, state.IntervalAfter(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)).TotalSeconds);
        Assert.Equal(0.5, state.IntervalAfter(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)).TotalSeconds);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Numbers_below_one_are_refused(int rise, int fall)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new HealthState(rise, fall));
}
