using EvenKeel.Proof.Report.Charts;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>Everything about one scenario, on one time axis.</summary>
internal static class ScenarioSection
{
    public static void Write(Page page, int number)
    {
        var scenario = page.Scenario;
        var markup = page.Markup;
        var axis = new TimeAxis(scenario);
        var bins = new TimeBins(axis.End);
        var shown = OperationsSection.Choose(page);

        markup.Open("div", ("class", "scenario"), ("id", $"scenario-{number}"));
        if (page.IsOneOfSeveral)
        {
            markup.Open("h2").Text(scenario.Name).Text(" ");
            page.Badge(Words.Of(scenario.Judgement.Verdict));
            markup.Close().Leaf("p", scenario.Judgement.Reason);
        }

        ThresholdSection.Write(markup, page.IsOneOfSeveral ? "h3" : "h2", page.Anchor("thresholds"), scenario.Thresholds);
        ChecksSection.Write(page, shown);
        TimelineSection.Write(page, axis);
        AvailabilitySection.Write(page, axis, bins);
        LatencySection.Write(page, axis, bins);
        BalanceSection.Write(page);
        OperationsSection.Write(page, shown);
        FaultsSection.Write(page);
        markup.Close();
    }
}
