using EvenKeel.Consistency.Checks;
using EvenKeel.Proof.Report.Charts;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>The probes and the windows without service.</summary>
internal static class AvailabilitySection
{
    private const int MostWindows = 200;

    public static void Write(Page page, TimeAxis axis, TimeBins bins)
    {
        var markup = page.Markup;
        markup.Open("section");
        page.Heading("availability", "Availability");
        if (page.Scenario.Checks.OfType<DowntimeResult>().FirstOrDefault() is not { Examined: > 0 } downtime)
        {
            markup.Leaf("p", "Not measured: no probe was sent.").Close();
            return;
        }

        markup.Leaf("p", downtime.Summary);
        AvailabilityChart.Draw(page, axis, bins, downtime);
        if (downtime.Windows.Count > 0)
        {
            var cut = downtime.Windows.Count > MostWindows ? $"; the first {MostWindows} of {downtime.Windows.Count}" : "";
            Table.Write(
                markup,
                "Windows without service" + cut,
                ["#From", "#To", "#For", "#Failed probes", "During"],
                downtime.Windows.Take(MostWindows).Select(static window => (IReadOnlyList<string>)
                    [
                        Words.Moment(window.Start), window.Closed ? Words.Moment(window.End) : "end of run", Words.Length(window.Length),
                        Words.Count(window.Probes.Count),
                        window.Causes.Count > 0 ? string.Join(", ", window.Causes) : "no fault",
                    ]));
        }

        markup.Close();
    }
}
