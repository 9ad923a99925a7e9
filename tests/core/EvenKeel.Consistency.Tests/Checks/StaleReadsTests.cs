using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class StaleReadsTests
{
    [Fact]
    public void A_list_that_misses_what_was_acknowledged_and_is_shown_later_is_stale()
    {
        var stale = new HistoryScript()
            .Add("a", 0, 5, on: "web-1").List(47, 50, "", "s2", "web-2").List(60, 61, "a", "s2", "web-2")
            .Check(CheckNames.StaleReads);

        Assert.Equal(CheckStatus.Violated, stale.Status);
        var finding = Assert.Single(stale.Findings);
        Assert.Equal([0, 1, 2], finding.Operations);
        Assert.Equal(
            "list 1 (s2, web-2) misses 'a', which was acknowledged by add 0 (s1, web-1) 42 ms before it began; list 2 (s2, web-2) shows it again.",
            finding.Sentence);
        Assert.Contains(new Measure("longest staleness", 42, "ms"), stale.Measures);
    }

    [Fact]
    public void Its_correct_twin_passes()
    {
        var fresh = new HistoryScript().Add("a", 0, 5).List(47, 50, "a", "s2").List(60, 61, "a", "s2").Check(CheckNames.StaleReads);

        Assert.Equal(CheckStatus.Passed, fresh.Status);
    }

    [Theory]
    [InlineData(0, 4.9)]
    [InlineData(4, 9)]
    [InlineData(5, 9)]
    public void A_list_that_overlaps_the_add_may_miss_it_even_when_they_only_touch(double sent, double end)
    {
        var fresh = new HistoryScript().Add("a", 0, 5).List(sent, end, "", "s2").List(60, 61, "a", "s2").Check(CheckNames.StaleReads);

        Assert.Equal(CheckStatus.Passed, fresh.Status);
    }

    [Fact]
    public void What_another_read_has_shown_is_known_before_the_add_is_acknowledged()
    {
        var stale = new HistoryScript()
            .Add("a", 0, 100).List(10, 12, "a", "s2").List(20, 22, "", "s3").List(200, 201, "a", "s2")
            .Check(CheckNames.StaleReads);

        Assert.Equal([1, 2, 3], Assert.Single(stale.Findings).Operations);
        Assert.Contains(new Measure("longest staleness", 8, "ms"), stale.Measures);
    }

    [Fact]
    public void A_miss_that_no_later_read_heals_is_a_loss_and_not_stale()
    {
        var script = new HistoryScript().Add("a", 0, 5).List(10, 11, "", "s2").List(20, 21, "", "s2").Final(100, "web-1", "");

        Assert.Equal(0, script.Check(CheckNames.StaleReads).FindingCount);
        Assert.Equal(1, script.Check(CheckNames.LostWrites).FindingCount);
    }

    [Fact]
    public void A_read_that_overlaps_the_stale_one_does_not_show_it_later()
    {
        var fresh = new HistoryScript().Add("a", 0, 5).List(10, 20, "", "s2").List(15, 25, "a", "s3").Check(CheckNames.StaleReads);

        Assert.Equal(0, fresh.FindingCount);
    }

    [Fact]
    public void A_get_that_answers_absent_is_judged_as_well()
    {
        var stale = new HistoryScript()
            .Add("a", 0, 5).Get("a", 10, 12, false, "s2").Get("a", 20, 22, true, "s2")
            .Check(CheckNames.StaleReads);

        Assert.Equal([0, 1, 2], Assert.Single(stale.Findings).Operations);
    }

    [Fact]
    public void A_direct_read_is_a_witness_but_no_offender()
    {
        var witness = new HistoryScript().Add("a", 0, 5).List(10, 11, "", "s2").Final(100, "web-1", "a").Check(CheckNames.StaleReads);
        var offender = new HistoryScript().Add("a", 0, 5).Final(50, "web-2", "").Final(100, "web-1", "a").Check(CheckNames.StaleReads);

        Assert.Equal([0, 1, 2], Assert.Single(witness.Findings).Operations);
        Assert.Equal(0, offender.FindingCount);
    }

    [Fact]
    public void The_oldest_missing_element_says_how_stale_a_list_is_and_the_worst_list_comes_first()
    {
        var stale = new HistoryScript()
            .Add("a", 0, 10).Add("b", 11, 20).List(30, 31, "a", "s2").List(50, 51, "", "s2").List(60, 61, "a b", "s2")
            .Check(CheckNames.StaleReads);

        Assert.Equal([("a", 3), ("b", 2)], stale.Findings.Select(static finding => (finding.Element!, finding.Operations[1])));
        Assert.Contains(new Measure("longest staleness", 40, "ms"), stale.Measures);
        Assert.Contains(new Measure("p99 staleness", 40, "ms"), stale.Measures);
    }

    [Fact]
    public void No_read_or_no_element_is_inconclusive()
    {
        Assert.Equal(CheckStatus.Inconclusive, new HistoryScript().Add("a", 0, 5).Check(CheckNames.StaleReads).Status);
        Assert.Equal(CheckStatus.Inconclusive, new HistoryScript().List(0, 5, "").Check(CheckNames.StaleReads).Status);
    }
}
