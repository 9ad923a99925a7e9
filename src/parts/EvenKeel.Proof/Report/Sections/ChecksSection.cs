using System.Globalization;
using EvenKeel.Consistency.Checks;
using EvenKeel.Proof.Report.Charts;
using EvenKeel.Proof.Report.Html;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>Each check with its result and its findings; the first findings are drawn.</summary>
internal static class ChecksSection
{
    private const int Drawn = 3;

    public static void Write(Page page, IReadOnlySet<int> shown)
    {
        var markup = page.Markup;
        markup.Open("section");
        page.Heading("checks", "Checks");
        if (page.Scenario.Checks.Count == 0)
        {
            markup.Leaf("p", "No check was run.");
        }

        foreach (var check in page.Scenario.Checks)
        {
            WriteCheck(page, check, shown);
        }

        markup.Close();
    }

    private static void WriteCheck(Page page, CheckResult check, IReadOnlySet<int> shown)
    {
        var markup = page.Markup;
        var look = Words.Of(check.Status);
        markup.Open(
            "details",
            ("class", "check " + look.Class),
            ("id", page.Anchor("check-" + check.Name)),
            ("open", check.Status == CheckStatus.Violated ? "open" : null));
        markup.Open("summary");
        page.Badge(look);
        markup.Text(" ").Leaf("strong", Words.Title(check.Name)).Text(" ").Leaf("span", check.Summary, ("class", "summary")).Close();
        markup.Open("p", ("class", "measures")).Leaf("code", check.Name).Text($" \u00B7 {Words.Count(check.Examined, "operation")} examined");
        foreach (var measure in check.Measures)
        {
            markup.Text($" \u00B7 {measure.Name} {Value(measure)}");
        }

        markup.Close();
        for (var i = 0; i < check.Findings.Count; i++)
        {
            if (i == Drawn)
            {
                markup.Open("details", ("class", "numbers")).Leaf("summary", Words.Count(check.Findings.Count - Drawn, "further finding"));
            }

            WriteFinding(page, check, i, shown);
        }

        if (check.Findings.Count > Drawn)
        {
            markup.Close();
        }

        if (check.FindingCount > check.Findings.Count)
        {
            markup.Leaf(
                "p",
                $"{Words.Count(check.FindingCount - check.Findings.Count)} more of the same kind are counted and not listed; history.jsonl has every operation.",
                ("class", "more"));
        }

        if (check.Advice is { } advice)
        {
            markup.Open("p", ("class", "advice")).Leaf("strong", "What to do: ").Text(advice).Close();
        }

        markup.Close();
    }

    private static string Value(Measure measure) =>
        measure.Value.ToString("#,0.##", CultureInfo.InvariantCulture).Replace(',', '\u202F') + (measure.Unit.Length > 0 ? "\u00A0" + measure.Unit : "");

    private static void WriteFinding(Page page, CheckResult check, int number, IReadOnlySet<int> shown)
    {
        var markup = page.Markup;
        var finding = check.Findings[number];
        var anchor = page.Anchor($"{check.Name}-{number + 1}");
        markup.Open("article", ("class", "finding"), ("id", anchor)).Leaf("p", finding.Sentence, ("class", "sentence"));
        if (finding.Operations.Count > 0)
        {
            markup.Open("p", ("class", "links"));
            for (var i = 0; i < finding.Operations.Count; i++)
            {
                markup.Text(i == 0 ? "" : " \u00B7 ");
                page.Link(finding.Operations[i], shown);
            }

            markup.Close();
        }

        var operations = finding.Operations.Take(SpaceTimeDiagram.MostOperations)
            .Select(page.Scenario.History.Find)
            .OfType<Consistency.Histories.Operation>()
            .ToList();
        if (number < Drawn && operations.Count > 1)
        {
            SpaceTimeDiagram.Draw(page, anchor + "-chart", operations, shown);
        }

        markup.Close();
    }
}
