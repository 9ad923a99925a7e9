using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>What to do about it: the advice of each check that did not pass, each sentence once.</summary>
internal static class AdviceSection
{
    public static void Write(Markup markup, ReportModel model)
    {
        markup.Open("section").Leaf("h2", "What to do about it", ("id", "advice"));
        var advice = model.Scenarios.SelectMany(static scenario => scenario.Checks)
            .Where(static check => check is { Advice: not null, Status: CheckStatus.Violated or CheckStatus.Inconclusive })
            .GroupBy(static check => check.Advice!)
            .ToList();
        if (advice.Count == 0)
        {
            markup.Leaf("p", model.Judgement.Verdict switch
            {
                Verdict.Pass => "Nothing: what was checked held. This is evidence from one run and not a mathematical proof; what was not exercised stands under Coverage.",
                Verdict.Violation => "Read the findings below: no check has a general remedy for them.",
                _ => "Remove the reason given above and run it again; until then nothing is known either way.",
            }).Close();
            return;
        }

        markup.Open("ul");
        foreach (var group in advice)
        {
            var (glyph, word, style) = Words.Of(group.First().Status);
            markup.Open("li").Text(group.Key).Text(" ");
            foreach (var name in group.Select(static check => check.Name).Distinct())
            {
                markup.Leaf("span", $"{glyph}\u00A0{name} {word}", ("class", "badge " + style)).Text(" ");
            }

            markup.Close();
        }

        markup.Close().Close();
    }
}
