using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class SessionChecksTests
{
    [Fact]
    public void A_session_that_does_not_see_its_own_add_is_told_with_both_operations()
    {
        var unread = new HistoryScript()
            .Add("a", 0, 5, "s1", "web-1").List(7, 8, "", "s1", "web-2")
            .Check(CheckNames.ReadYourWrites);

        var finding = Assert.Single(unread.Findings);
        Assert.Equal([0, 1], finding.Operations);
        Assert.Equal("list 1 (s1, web-2) misses 'a', which the same session had added in add 0 (s1, web-1), acknowledged 2 ms before.", finding.Sentence);
    }

    [Fact]
    public void Another_session_may_miss_it()
    {
        var script = new HistoryScript().Add("a", 0, 5, "s1").List(7, 8, "", "s2").Add("b", 9, 10, "s2").List(11, 12, "b", "s2");

        Assert.Equal(CheckStatus.Passed, script.Check(CheckNames.ReadYourWrites).Status);
    }

    [Fact]
    public void An_add_that_ends_in_the_instant_the_read_begins_is_concurrent_with_it()
    {
        var touching = new HistoryScript().Add("a", 0, 5).List(5, 8, "").Check(CheckNames.ReadYourWrites);

        Assert.Equal(0, touching.FindingCount);
        Assert.Equal(CheckStatus.Inconclusive, touching.Status);
    }

    [Fact]
    public void An_unknown_add_promises_its_session_nothing()
    {
        var open = new HistoryScript().Add("a", 0, 5, outcome: OperationOutcome.Unknown).List(7, 8, "").Check(CheckNames.ReadYourWrites);

        Assert.Equal(0, open.FindingCount);
    }

    [Fact]
    public void A_get_of_an_own_element_that_answers_absent_is_a_violation()
    {
        var unread = new HistoryScript().Add("a", 0, 5).Get("a", 7, 8, false).Check(CheckNames.ReadYourWrites);

        Assert.Equal([0, 1], Assert.Single(unread.Findings).Operations);
    }

    [Fact]
    public void A_get_that_returns_another_elements_value_under_the_same_id_does_not_show_the_own_one()
    {
        var elements = new ElementTable();
        var add = new Operation
        {
            Index = 0, Session = "s1", Kind = OperationKind.Add, Value = "mine", ElementId = "4",
            Intended = default, Sent = default, End = HistoryScript.Ms(1), Outcome = OperationOutcome.Ok,
        };
        var get = new Operation
        {
            Index = 1, Session = "s1", Kind = OperationKind.Get, Value = "mine", ElementId = "4",
            Intended = HistoryScript.Ms(2), Sent = HistoryScript.Ms(2), End = HistoryScript.Ms(3), Outcome = OperationOutcome.Ok,
            Elements = elements.Observe([new Element("4", "theirs")]),
        };

        var unread = ConsistencyChecks.Run(new History([add, get], elements), new CheckSettings()).Single(result => result.Name == CheckNames.ReadYourWrites);

        Assert.Equal([0, 1], Assert.Single(unread.Findings).Operations);
    }

    [Fact]
    public void A_session_that_loses_sight_of_an_element_is_told_with_the_read_that_showed_it()
    {
        var backwards = new HistoryScript()
            .Add("a", 0, 5, "s9").List(7, 8, "a", "s1", "web-1").List(9, 10, "", "s1", "web-2").List(11, 12, "a", "s1", "web-1")
            .Check(CheckNames.MonotonicReads);

        var finding = Assert.Single(backwards.Findings);
        Assert.Equal([1, 2], finding.Operations);
        Assert.Equal("list 2 (s1, web-2) misses 'a', which list 1 (s1, web-1) had shown to the same session 1 ms before.", finding.Sentence);
    }

    [Fact]
    public void Two_sessions_may_see_different_states()
    {
        var forward = new HistoryScript()
            .List(7, 8, "a", "s1").List(9, 10, "", "s2").List(11, 12, "a", "s2").List(13, 14, "a", "s2")
            .Check(CheckNames.MonotonicReads);

        Assert.Equal(CheckStatus.Passed, forward.Status);
        Assert.Equal(1, forward.Examined);
    }
}
