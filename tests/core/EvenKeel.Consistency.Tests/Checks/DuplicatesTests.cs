using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class DuplicatesTests
{
    [Fact]
    public void An_element_twice_in_one_list_is_told_once()
    {
        var twice = new HistoryScript().Add("a", 0, 5).List(10, 11, "a a").List(12, 13, "a a a").Check(CheckNames.Duplicates);

        var finding = Assert.Single(twice.Findings);
        Assert.Equal([1], finding.Operations);
        Assert.Equal("list 1 (s1) shows 'a' (id id-a) more than once.", finding.Sentence);
    }

    [Fact]
    public void One_id_with_two_values_in_one_list_is_a_duplicate()
    {
        var shared = new HistoryScript()
            .Add("a", 0, 5, id: "1")
            .Add("b", 6, 7, id: "2")
            .List(10, 11, "1=a")
            .List(12, 13, "1=a 1=b")
            .Check(CheckNames.Duplicates);

        var finding = Assert.Single(shared.Findings);
        Assert.Equal([3], finding.Operations);
        Assert.Equal("list 3 (s1) shows the id 1 for both 'a' and 'b'.", finding.Sentence);
    }

    [Fact]
    public void An_add_applied_twice_shows_one_value_under_two_ids()
    {
        var twice = new HistoryScript().Add("a", 0, 5, id: "1").List(10, 11, "1=a 2=a").Check(CheckNames.Duplicates);

        var finding = Assert.Single(twice.Findings);
        Assert.Equal([0, 1], finding.Operations);
        Assert.Equal("list 1 (s1) shows 'a' under two ids, 1 and 2; add 0 (s1) had sent it once.", finding.Sentence);
    }

    [Fact]
    public void Instances_that_number_on_their_own_show_one_value_under_two_ids()
    {
        var twice = new HistoryScript().Add("a", 0, 5, id: "1").Final(10, "web-1", "1=a").Final(20, "web-2", "9=a").Check(CheckNames.Duplicates);

        Assert.Equal([0, 1, 2], Assert.Single(twice.Findings).Operations);
    }

    [Fact]
    public void Two_adds_that_were_given_one_id_are_told_even_when_no_list_shows_both()
    {
        var shared = new HistoryScript()
            .Add("a", 0, 5, on: "web-1", id: "1").Add("b", 0, 5, "s2", "web-2", id: "1").Final(10, "web-1", "1=a").Final(20, "web-2", "1=b")
            .Check(CheckNames.Duplicates);

        var finding = Assert.Single(shared.Findings);
        Assert.Equal([0, 1], finding.Operations);
        Assert.Equal("add 0 (s1, web-1) ('a') and add 1 (s2, web-2) ('b') were both given the id 1.", finding.Sentence);
    }

    [Fact]
    public void A_second_attempt_that_was_not_applied_again_passes()
    {
        var once = new HistoryScript()
            .Add("a", 0, 5, outcome: EvenKeel.Consistency.Histories.OperationOutcome.Unknown).Add("a", 6, 9, "s2", id: "1", attempt: 1)
            .List(10, 11, "1=a", "s2")
            .Check(CheckNames.Duplicates);

        Assert.Equal(CheckStatus.Passed, once.Status);
    }

    [Fact]
    public void Elements_that_were_there_before_may_share_a_value()
    {
        var passed = new HistoryScript().List(10, 11, "1=rock 2=rock").Check(CheckNames.Duplicates);

        Assert.Equal(CheckStatus.Passed, passed.Status);
    }

    [Fact]
    public void No_element_is_inconclusive()
    {
        Assert.Equal(CheckStatus.Inconclusive, new HistoryScript().List(10, 11, "").Check(CheckNames.Duplicates).Status);
        Assert.Equal(CheckStatus.Inconclusive, new HistoryScript().Add("a", 0, 5).Check(CheckNames.Duplicates).Status);
    }
}
