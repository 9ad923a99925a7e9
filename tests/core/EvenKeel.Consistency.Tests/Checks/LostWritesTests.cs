using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class LostWritesTests
{
    [Fact]
    public void An_acknowledged_element_absent_from_every_final_read_is_lost()
    {
        var lost = new HistoryScript()
            .Add("a", 0, 5, on: "web-1").Add("b", 6, 9, on: "web-2")
            .Final(100, "web-1", "a").Final(110, "web-2", "a")
            .Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Violated, lost.Status);
        var finding = Assert.Single(lost.Findings);
        Assert.Equal("b", finding.Element);
        Assert.Equal([1, 2, 3], finding.Operations);
        Assert.Equal(["web-2", "web-1"], finding.Instances);
        Assert.Equal(
            "'b' was acknowledged by add 1 (s1, web-2) at 0.009 s; no read ever showed it; it is absent from list 2 (final, web-1) and list 3 (final, web-2).",
            finding.Sentence);
        Assert.NotNull(lost.Advice);
    }

    [Fact]
    public void The_correct_twin_passes()
    {
        var kept = new HistoryScript()
            .Add("a", 0, 5).Add("b", 6, 9)
            .Final(100, "web-1", "a b").Final(110, "web-2", "a b")
            .Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Passed, kept.Status);
        Assert.Empty(kept.Findings);
        Assert.Null(kept.Advice);
    }

    [Fact]
    public void An_element_that_one_instance_still_has_is_not_lost_but_diverged()
    {
        var script = new HistoryScript().Add("a", 0, 5).Final(100, "web-1", "a").Final(110, "web-2", "");

        Assert.Equal(CheckStatus.Passed, script.Check(CheckNames.LostWrites).Status);
        Assert.Equal(CheckStatus.Violated, script.Check(CheckNames.Divergence).Status);
    }

    [Fact]
    public void An_element_once_shown_is_lost_even_when_its_add_was_never_acknowledged()
    {
        var lost = new HistoryScript()
            .Add("a", 0, 50, outcome: OperationOutcome.Unknown).Add("b", 0, 1)
            .List(60, 61, "a b", "s2").Final(100, "web-1", "b")
            .Check(CheckNames.LostWrites);

        Assert.Equal([0, 2, 3], Assert.Single(lost.Findings).Operations);
    }

    [Fact]
    public void An_unknown_add_that_nothing_shows_is_not_lost_and_one_that_is_shown_is_recovered()
    {
        var kept = new HistoryScript()
            .Add("a", 0, 50, outcome: OperationOutcome.Unknown).Add("b", 0, 50, outcome: OperationOutcome.Unknown).Add("c", 0, 1)
            .Final(100, "web-1", "b c")
            .Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Passed, kept.Status);
        Assert.Contains(new Measure("unknown", 2), kept.Measures);
        Assert.Contains(new Measure("recovered", 1), kept.Measures);
    }

    [Fact]
    public void A_refused_add_is_not_lost_and_is_counted_when_it_shows_up_all_the_same()
    {
        var kept = new HistoryScript()
            .Add("a", 0, 5, outcome: OperationOutcome.Failed).Add("b", 0, 5, outcome: OperationOutcome.Failed).Add("c", 0, 5)
            .Final(100, "web-1", "b c")
            .Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Passed, kept.Status);
        Assert.Contains(new Measure("refused but shown", 1), kept.Measures);
    }

    [Fact]
    public void A_final_read_that_began_as_the_add_was_acknowledged_proves_nothing_about_it()
    {
        var open = new HistoryScript().Add("a", 0, 100).Final(100, "web-1", "").Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Inconclusive, open.Status);
        Assert.Contains(new Measure("never read", 1), open.Measures);
    }

    [Fact]
    public void Only_the_last_answer_of_an_instance_counts()
    {
        var late = new HistoryScript().Add("a", 0, 5).Final(100, "web-1", "").Final(300, "web-1", "a").Check(CheckNames.LostWrites);
        var gone = new HistoryScript().Add("a", 0, 5).Final(100, "web-1", "a").Final(300, "web-1", "").Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Passed, late.Status);
        Assert.Equal([0, 1, 2], Assert.Single(gone.Findings).Operations);
    }

    [Fact]
    public void Without_final_reads_a_loss_is_still_a_loss_and_no_loss_proves_nothing()
    {
        var lost = new HistoryScript().Add("a", 0, 5).List(10, 11, "a").List(20, 21, "").Check(CheckNames.LostWrites);
        var open = new HistoryScript().Add("a", 0, 5).List(10, 11, "").List(20, 21, "a").Check(CheckNames.LostWrites);

        Assert.Equal([0, 1, 2], Assert.Single(lost.Findings).Operations);
        Assert.Equal(CheckStatus.Inconclusive, open.Status);
        Assert.Contains("No last read", open.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_tell_elements_apart_when_the_workload_shows_no_values()
    {
        var lost = new HistoryScript()
            .Add("a", 0, 5, id: "1").Add("b", 6, 9, id: "2").Final(100, "web-1", "1=")
            .Check(CheckNames.LostWrites);

        Assert.Equal([1, 2], Assert.Single(lost.Findings).Operations);
    }

    [Fact]
    public void Nothing_added_is_inconclusive()
    {
        var nothing = new HistoryScript().Final(100, "web-1", "").Check(CheckNames.LostWrites);

        Assert.Equal(CheckStatus.Inconclusive, nothing.Status);
    }

    [Fact]
    public void All_losses_are_counted_and_only_the_first_are_told()
    {
        var script = new HistoryScript();
        for (var i = 0; i < 50; i++)
        {
            script.Add("v" + i, i, i + 0.5);
        }

        var lost = script.Final(100, "web-1", "").Check(CheckNames.LostWrites, new CheckSettings { MaxFindings = 3 });

        Assert.Equal(50, lost.FindingCount);
        Assert.Equal(["v0", "v1", "v2"], lost.Findings.Select(static finding => finding.Element));
    }
}
