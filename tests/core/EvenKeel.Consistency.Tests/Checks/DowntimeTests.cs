using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class DowntimeTests
{
    private static readonly FaultInterval Kill = new("kill web-1", HistoryScript.Ms(1150), HistoryScript.Ms(1900));

    [Fact]
    public void A_window_runs_from_the_first_bad_to_the_first_good_of_two_and_names_the_fault()
    {
        var result = Downtime(new HistoryScript().Probes(1000, "ggbbbggg"), new CheckSettings { Faults = [Kill] });

        Assert.Equal(CheckStatus.Violated, result.Status);
        var window = Assert.Single(result.Windows);
        Assert.Equal((1200.0, 300.0, true), (window.Start.TotalMilliseconds, window.Length.TotalMilliseconds, window.Closed));
        Assert.Equal([2, 3, 4], window.Probes);
        Assert.Equal(["kill web-1"], window.Causes);
        Assert.Equal(HistoryScript.Ms(400), result.LongestSuccessGap);
        Assert.Equal("No service for 300 ms, from 1.200 s until 1.500 s, during kill web-1: 3 probes failed.", result.Findings[0].Sentence);
    }

    [Fact]
    public void One_bad_probe_is_no_window_and_one_good_one_does_not_close_it()
    {
        Assert.Equal(CheckStatus.Passed, Downtime(new HistoryScript().Probes(0, "ggbgbggg")).Status);

        var window = Assert.Single(Downtime(new HistoryScript().Probes(0, "gbbgbggg")).Windows);
        Assert.Equal((100.0, 400.0), (window.Start.TotalMilliseconds, window.Length.TotalMilliseconds));
    }

    [Fact]
    public void Two_windows_are_told_apart_and_the_longest_first()
    {
        var result = Downtime(new HistoryScript().Probes(0, "gbbggbbbgg"));

        Assert.Equal([200.0, 300.0], result.Windows.Select(static window => window.Length.TotalMilliseconds));
        Assert.Equal([500.0, 100.0], result.Findings.Select(static finding => finding.At.TotalMilliseconds));
        Assert.Equal(HistoryScript.Ms(500), result.Total);
    }

    [Fact]
    public void A_window_still_open_at_the_end_is_a_violation_of_zero_and_open_under_a_larger_limit()
    {
        var script = new HistoryScript().Probes(0, "ggbbb");

        Assert.Equal(CheckStatus.Violated, Downtime(script).Status);
        Assert.False(Downtime(script).Windows[0].Closed);
        Assert.Equal(CheckStatus.Inconclusive, Downtime(script, new CheckSettings { MaxDowntime = HistoryScript.Ms(5000) }).Status);
    }

    [Fact]
    public void A_window_within_the_limit_passes_and_without_a_limit_it_is_only_measured()
    {
        var script = new HistoryScript().Probes(0, "gbbgg");

        Assert.Equal(CheckStatus.Passed, Downtime(script, new CheckSettings { MaxDowntime = HistoryScript.Ms(200) }).Status);
        Assert.Equal(CheckStatus.Violated, Downtime(script, new CheckSettings { MaxDowntime = HistoryScript.Ms(199) }).Status);
        Assert.Equal(CheckStatus.Skipped, Downtime(script, new CheckSettings { MaxDowntime = null }).Status);
    }

    [Fact]
    public void No_probe_is_inconclusive() =>
        Assert.Equal(CheckStatus.Inconclusive, Downtime(new HistoryScript().Add("a", 0, 5)).Status);

    [Fact]
    public void Probes_count_by_their_intended_time_in_whatever_order_they_ended()
    {
        var result = Downtime(new HistoryScript().Probes(300, "ggg").Probes(0, "gbb"));

        Assert.Equal(200.0, Assert.Single(result.Windows).Length.TotalMilliseconds);
    }

    private static DowntimeResult Downtime(HistoryScript script, CheckSettings? settings = null) =>
        (DowntimeResult)script.Check(CheckNames.Downtime, settings);
}
