using System.Text;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>The probes as a strip of good and bad moments, and the windows of downtime above it.</summary>
internal static class AvailabilityChart
{
    private const double Windows = 22;
    private const double Strip = 26;

    public static void Draw(Page page, TimeAxis axis, TimeBins bins, DowntimeResult downtime)
    {
        var markup = page.Markup;
        var probes = page.Scenario.History.Operations.Where(static o => o.Kind == OperationKind.Probe).ToList();
        var bottom = Windows + Strip + 6;
        Chart.Begin(markup, page.Anchor("availability-chart"), "Availability", Describe(downtime), bottom + 24);
        axis.DrawBackground(markup, bottom);
        Chart.RowLabel(markup, "downtime", Windows - 6);
        Chart.RowLabel(markup, "probes", Windows + 17);
        DrawProbes(markup, axis, bins, probes);
        foreach (var window in downtime.Windows)
        {
            var x = axis.X(window.Start);
            var width = Math.Max(2, axis.X(window.End) - x);
            markup.Open(
                "rect",
                ("class", "window"),
                ("x", Markup.Number(x)),
                ("y", "4"),
                ("width", Markup.Number(width)),
                ("height", Markup.Number(Windows - 8)))
                .Leaf("title", $"down {Words.Length(window.Length)} from {Words.Moment(window.Start)}").Close();
            var right = x + width > TimeAxis.Width * 0.85;
            markup.Leaf(
                "text",
                "\u2715 " + Words.Length(window.Length),
                ("class", "tick"),
                ("x", Markup.Number(right ? x - 4 : x + width + 4)),
                ("y", "15"),
                ("text-anchor", right ? "end" : "start"));
        }

        axis.DrawSeconds(markup, bottom);
        Chart.End(
            markup,
            $"Each probe stands at the time it was intended; a bar that reaches down is a probe that failed. Lengths are exact to {Words.Length(downtime.Resolution)} either way.");
    }

    private static string Describe(DowntimeResult downtime)
    {
        var text = new StringBuilder(downtime.Summary);
        foreach (var window in downtime.Windows.Take(20))
        {
            text.Append($" Down {Words.Length(window.Length)} from {Words.Moment(window.Start)}.");
        }

        return text.ToString();
    }

    private static void DrawProbes(Markup markup, TimeAxis axis, TimeBins bins, List<Operation> probes)
    {
        var good = new StringBuilder();
        var bad = new StringBuilder();
        var width = Math.Max(1, axis.X(bins.Width) - TimeAxis.Left - 0.4);
        foreach (var bin in probes.GroupBy(probe => bins.Of(probe.Intended)))
        {
            var x = Markup.Number(axis.X(bins.Start(bin.Key)));
            var failed = bin.Any(static probe => probe.Outcome != OperationOutcome.Ok);
            var path = failed ? bad : good;
            path.Append('M').Append(x).Append(' ').Append(Markup.Number(Windows + 2)).Append('h').Append(Markup.Number(width))
                .Append('v').Append(Markup.Number(failed ? Strip : Strip / 2)).Append('h').Append(Markup.Number(-width)).Append('z');
        }

        markup.Empty("path", ("class", "probe ok"), ("d", good.ToString())).Empty("path", ("class", "probe failed"), ("d", bad.ToString()));
    }
}
