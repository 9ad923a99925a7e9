using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>Links to the parts of the page, and with several scenarios a table of their verdicts.</summary>
internal static class ContentsSection
{
    private static readonly (string Anchor, string Title)[] Parts =
    [
        ("checks", "Checks"), ("timeline", "Timeline"), ("availability", "Availability"), ("latency", "Latency"), ("balance", "Balance"),
        ("operations", "Operations"), ("faults", "Faults"),
    ];

    public static void Write(Markup markup, ReportModel model)
    {
        markup.Open("nav", ("aria-label", "Contents"));
        markup.Leaf("a", "What to do", ("href", "#advice")).Text(" ");
        foreach (var (anchor, title) in model.Scenarios.Count == 1 ? Parts : [])
        {
            markup.Leaf("a", title, ("href", "#" + anchor)).Text(" ");
        }

        markup.Leaf("a", "Coverage", ("href", "#coverage")).Text(" ").Leaf("a", "Appendix", ("href", "#appendix")).Close();
        if (model.Scenarios.Count > 1)
        {
            WriteScenarios(markup, model.Scenarios);
        }
    }

    private static void WriteScenarios(Markup markup, IReadOnlyList<ScenarioReport> scenarios)
    {
        markup.Leaf("h2", "Scenarios", ("id", "scenarios"));
        Table.Begin(markup, "Each ran on a fresh cluster", ["Scenario", "Verdict", "Why", "#Operations", "#Faults confirmed"]);
        for (var i = 0; i < scenarios.Count; i++)
        {
            var scenario = scenarios[i];
            var (glyph, word, style) = Words.Of(scenario.Judgement.Verdict);
            markup.Open("tr").Open("td").Leaf("a", scenario.Name, ("href", $"#scenario-{i + 1}")).Close();
            markup.Open("td").Leaf("span", $"{glyph}\u00A0{word}", ("class", "badge " + style)).Close();
            markup.Leaf("td", scenario.Judgement.Reason).Leaf("td", Words.Count(scenario.History.Operations.Length), ("class", "n"));
            markup.Leaf("td", $"{scenario.Faults.Count(static fault => fault.ConfirmedAt is not null)} of {scenario.Faults.Count}", ("class", "n")).Close();
        }

        Table.End(markup);
    }
}
