using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Load;

namespace EvenKeel.Proof.Tests.Load;

public sealed class LoadThresholdTests
{
    [Theory]
    [InlineData("p99<50ms", false)]
    [InlineData("p99<60ms", true)]
    [InlineData("max<=60ms", true)]
    [InlineData("mean<40ms", true)]
    [InlineData("errors<10%", false)]
    [InlineData("errors<=10%", true)]
    [InlineData("rate>9", true)]
    [InlineData("rate>=11/s", false)]
    public void A_rule_holds_or_not(string rule, bool holds)
    {
        Assert.Equal(holds, Judge(rule, Loaded()).Holds);
    }

    [Theory]
    [InlineData("errors<1%")]
    [InlineData("errors>=0%")]
    [InlineData("rate>=0")]
    [InlineData("p99<1h")]
    public void No_samples_meet_no_rule(string rule)
    {
        var outcome = Judge(rule, new LoadStatistics().Snapshot());

        Assert.False(outcome.Holds);
        Assert.Equal("no samples", outcome.Measured);
    }

    [Theory]
    [InlineData("p99<1h", false)]
    [InlineData("mean<1h", false)]
    [InlineData("rate>=0", false)]
    [InlineData("errors>=0%", true)]
    public void Requests_that_all_failed_meet_no_rule_about_times_and_rates_however_fast_they_were_refused(string rule, bool holds)
    {
        var statistics = new LoadStatistics();
        statistics.Record(
            new Exchange(ExchangeFailure.Refused, 0, null, null, default, 0, 0), "refused", TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

        Assert.Equal(holds, Judge(rule, statistics.Snapshot()).Holds);
    }

    private static ThresholdOutcome Judge(string rule, LoadMeasurements measured) => LoadThreshold.Parse(rule).Judge(measured, TimeSpan.FromSeconds(1));

    /// <summary>Ten requests: nine of 10 ms, and one of 55 ms that failed.</summary>
    private static LoadMeasurements Loaded()
    {
        var statistics = new LoadStatistics();
        for (var number = 0; number < 10; number++)
        {
            var took = TimeSpan.FromMilliseconds(number == 9 ? 55 : 10);
            statistics.Record(
                new Exchange(ExchangeFailure.None, number == 9 ? 500 : 200, null, null, default, 0, 0), number == 9 ? "status 500" : "", took, took);
        }

        return statistics.Snapshot();
    }
}
