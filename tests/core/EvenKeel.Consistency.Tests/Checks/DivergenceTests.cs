using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class DivergenceTests
{
    private static readonly CheckSettings Two = new() { Instances = ["web-1", "web-2"] };

    [Fact]
    public void Two_instances_with_their_own_elements_diverge_element_by_element()
    {
        var result = Divergence(new HistoryScript()
            .Add("a", 0, 5, on: "web-1").Add("b", 6, 9, on: "web-2").Final(100, "web-1", "a").Final(110, "web-2", "b"));

        Assert.Equal(CheckStatus.Violated, result.Status);
        Assert.Equal(2, result.DifferingElements);
        Assert.Null(result.AgreedAfter);
        Assert.Equal([0, 2, 3], result.Findings[0].Operations);
        Assert.Equal("'a', acknowledged by add 0 (s1, web-1), is on web-1 but not on web-2.", result.Findings[0].Sentence);
        Assert.Equal("'b', acknowledged by add 1 (s1, web-2), is on web-2 but not on web-1.", result.Findings[1].Sentence);
        Assert.Equal(["b", "a"], result.Instances.Select(static one => one.Missing.Single()));
    }

    [Fact]
    public void Instances_that_agree_pass_and_say_how_long_it_took()
    {
        var result = Divergence(new HistoryScript()
            .Add("a", 0, 5).Final(100, "web-1", "a").Final(110, "web-2", "").Final(200, "web-1", "a").Final(210, "web-2", "a"));

        Assert.Equal(CheckStatus.Passed, result.Status);
        Assert.Equal(HistoryScript.Ms(111), result.AgreedAfter);
    }

    [Fact]
    public void Agreement_that_does_not_last_is_none()
    {
        var result = Divergence(new HistoryScript()
            .Add("a", 0, 5).Final(100, "web-1", "a").Final(110, "web-2", "a").Final(200, "web-1", ""));

        Assert.Equal(CheckStatus.Violated, result.Status);
        Assert.Null(result.AgreedAfter);
    }

    [Fact]
    public void An_instance_that_gives_no_answer_leaves_it_open_unless_the_others_differ_already()
    {
        var three = new CheckSettings { Instances = ["web-1", "web-2", "web-3"] };
        var open = new HistoryScript().Add("a", 0, 5).Final(100, "web-1", "a").Final(110, "web-2", "a").Check(CheckNames.Divergence, three);
        var different = new HistoryScript().Add("a", 0, 5).Final(100, "web-1", "a").Final(110, "web-2", "").Check(CheckNames.Divergence, three);

        Assert.Equal(CheckStatus.Inconclusive, open.Status);
        Assert.StartsWith("web-3 gave no direct answer", open.Summary, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Violated, different.Status);
    }

    [Fact]
    public void Reads_through_the_gateway_say_nothing_about_an_instance()
    {
        var open = new HistoryScript().List(100, 101, "a", on: "web-1").List(110, 111, "", on: "web-2").Check(CheckNames.Divergence, Two);

        Assert.Equal(CheckStatus.Inconclusive, open.Status);
    }

    [Fact]
    public void One_instance_alone_is_not_judged()
    {
        var alone = new HistoryScript().Final(100, "web-1", "a").Check(CheckNames.Divergence, new CheckSettings { Instances = ["web-1"] });

        Assert.Equal(CheckStatus.Skipped, alone.Status);
    }

    private static DivergenceResult Divergence(HistoryScript script) => (DivergenceResult)script.Check(CheckNames.Divergence, Two);
}
