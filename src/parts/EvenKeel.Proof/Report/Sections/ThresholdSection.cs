using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>Rules, what was measured, and whether they held.</summary>
internal static class ThresholdSection
{
    public static void Write(Markup markup, string heading, string anchor, IReadOnlyList<ThresholdReport> thresholds)
    {
        if (thresholds.Count == 0)
        {
            return;
        }

        markup.Open("section").Leaf(heading, "Thresholds", ("id", anchor));
        Table.Begin(markup, "A rule without samples does not hold", ["Rule", "Measured", "Result"]);
        foreach (var threshold in thresholds)
        {
            markup.Open("tr").Open("td").Leaf("code", threshold.Rule).Close().Leaf("td", threshold.Measured).Open("td");
            markup.Leaf("span", threshold.Held ? "\u2714\u00A0held" : "\u2715\u00A0breached", ("class", "badge " + (threshold.Held ? "good" : "bad")))
                .Close()
                .Close();
        }

        Table.End(markup);
        markup.Close();
    }
}
