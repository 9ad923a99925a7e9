using System.Text;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Model;
using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>
/// One row per instance: its condition as a strip, the requests that it answered as bars below; the faults in a lane of their own at the
/// end.
/// </summary>
internal static class TimelineChart
{
    private const double Top = 18;
    private const double Strip = 16;
    private const double Bars = 26;
    private const double Row = Strip + Bars + 12;
    private const double FaultRow = 20;

    // Bars want more width than lines and points do.
    private const int WantedBars = 120;

    public static void Draw(Page page, TimeAxis axis)
    {
        var bins = new TimeBins(axis.End, WantedBars);
        var markup = page.Markup;
        var scenario = page.Scenario;
        var counts = Count(scenario.History, bins);
        var names = scenario.Instances.Select(static one => one.Instance).Union(counts.Keys.Order(StringComparer.Ordinal)).ToList();
        var peak = counts.Values.Select(static bars => bars.Max()).DefaultIfEmpty(1).Max();
        var lanes = scenario.Faults.Count;
        var bottom = Top + (names.Count * Row) + (lanes * FaultRow) + 6;

        Chart.Begin(markup, page.Anchor("timeline-chart"), "Timeline by instance", Describe(scenario, names), bottom + 24);
        axis.DrawBackground(markup, bottom);
        axis.DrawPhaseNames(markup, 11);
        for (var i = 0; i < names.Count; i++)
        {
            var y = Top + (i * Row);
            Chart.RowLabel(markup, names[i], y + 13);
            DrawStrip(markup, axis, scenario.Instances.FirstOrDefault(one => one.Instance == names[i]), y);
            if (counts.TryGetValue(names[i], out var bars))
            {
                DrawBars(markup, axis, bins, bars, peak, y + Strip + Bars + 2, names[i]);
            }
        }

        for (var i = 0; i < lanes; i++)
        {
            DrawFault(markup, axis, scenario.Faults[i], Top + (names.Count * Row) + (i * FaultRow) + 12);
        }

        axis.DrawSeconds(markup, bottom);
        Chart.End(
            markup,
            $"Condition of each instance and the requests that it answered, in bins of {Words.Length(bins.Width)}; the tallest bar is {Words.Count(peak, "request")}. Hatched: from a fault's effect to the instance being ready again.");
        Chart.Legend(
            markup,
            Words.Of(InstanceCondition.Starting), Words.Of(InstanceCondition.Ready), Words.Of(InstanceCondition.NotReady), Words.Of(InstanceCondition.Draining),
            Words.Of(InstanceCondition.Paused), Words.Of(InstanceCondition.Down), Words.Of(InstanceCondition.Unknown));
    }

    private static Dictionary<string, int[]> Count(History history, TimeBins bins)
    {
        var counts = new Dictionary<string, int[]>();
        foreach (var operation in history.Operations)
        {
            if (operation is { Instance: { } instance, Direct: false } && operation.Phase != OperationPhase.CleanUp)
            {
                if (!counts.TryGetValue(instance, out var bars))
                {
                    counts.Add(instance, bars = new int[bins.Count]);
                }

                bars[bins.Of(operation.End)]++;
            }
        }

        return counts;
    }

    private static string Describe(ScenarioReport scenario, List<string> names)
    {
        var text = new StringBuilder($"{Words.Count(names.Count, "instance")}. ");
        foreach (var one in scenario.Instances)
        {
            text.Append(one.Instance).Append(": ")
                .AppendJoin(", ", one.Spans.Take(12).Select(static span => $"{Words.Of(span.Condition).Word} from {Words.Moment(span.Start)}"))
                .Append(one.Spans.Count > 12 ? " and so on. " : ". ");
        }

        return text.ToString();
    }

    private static void DrawStrip(Markup markup, TimeAxis axis, InstanceTimeline? timeline, double y)
    {
        foreach (var span in timeline?.Spans ?? [])
        {
            var look = Words.Of(span.Condition);
            var x = axis.X(span.Start);
            var width = Math.Max(1, axis.X(span.End) - x);
            markup.Open(
                "rect",
                ("class", "cond " + look.Class),
                ("x", Markup.Number(x)),
                ("y", Markup.Number(y)),
                ("width", Markup.Number(width)),
                ("height", Markup.Number(Strip)))
                .Leaf("title", $"{timeline!.Instance} {look.Word}, {Words.Moment(span.Start)} to {Words.Moment(span.End)}").Close();
            var words = $"{look.Glyph} {look.Word}";
            var label = width > 8 * words.Length ? words : width > 12 ? look.Glyph : null;
            if (label is not null)
            {
                markup.Leaf("text", label, ("class", "in " + look.Class), ("x", Markup.Number(x + 4)), ("y", Markup.Number(y + 12)));
            }
        }
    }

    private static void DrawBars(Markup markup, TimeAxis axis, TimeBins bins, int[] bars, int peak, double floor, string instance)
    {
        var width = Math.Max(0.6, axis.X(bins.Width) - TimeAxis.Left - 0.3);
        var path = new StringBuilder();
        for (var bin = 0; bin < bars.Length; bin++)
        {
            if (bars[bin] > 0)
            {
                var height = Math.Max(1, Bars * bars[bin] / peak);
                path.Append('M').Append(Markup.Number(axis.X(bins.Start(bin)))).Append(' ').Append(Markup.Number(floor))
                    .Append('v').Append(Markup.Number(-height)).Append('h').Append(Markup.Number(width)).Append('v').Append(Markup.Number(height)).Append('z');
            }
        }

        markup.Open("path", ("class", "bars"), ("d", path.ToString())).Leaf("title", $"{instance} answered {Words.Count(bars.Sum(), "request")}").Close();
    }

    private static void DrawFault(Markup markup, TimeAxis axis, FaultReport fault, double y)
    {
        var x = axis.X(fault.ConfirmedAt ?? fault.PlannedAt);
        var end = x;
        Chart.RowLabel(markup, fault.Kind, y);
        markup.Leaf("text", "\u25C7", ("class", "mark"), ("x", Markup.Number(axis.X(fault.PlannedAt))), ("y", Markup.Number(y)), ("text-anchor", "middle"));
        if (fault.ConfirmedAt is { } confirmed)
        {
            end = axis.X(fault.RecoveredAt ?? fault.RevertedAt ?? axis.End);
            markup.Empty(
                "line",
                ("class", "faultline"),
                ("x1", Markup.Number(axis.X(confirmed))),
                ("x2", Markup.Number(end)),
                ("y1", Markup.Number(y - 4)),
                ("y2", Markup.Number(y - 4)));
            markup.Leaf(
                "text",
                fault.Kind == "pause" ? "\u2016" : "\u2715",
                ("class", "mark bad"),
                ("x", Markup.Number(x)),
                ("y", Markup.Number(y)),
                ("text-anchor", "middle"));
            if ((fault.RecoveredAt ?? fault.RevertedAt) is not null)
            {
                markup.Leaf("text", "\u25CF", ("class", "mark good"), ("x", Markup.Number(end)), ("y", Markup.Number(y)), ("text-anchor", "middle"));
            }
        }

        var told = fault.ConfirmedAt is null ? $"{fault.Target}: not confirmed" : fault.Target;
        var right = end > TimeAxis.Width * 0.85;
        markup.Leaf(
            "text",
            told,
            ("class", "tick"),
            ("x", Markup.Number(right ? x - 12 : end + 12)),
            ("y", Markup.Number(y)),
            ("text-anchor", right ? "end" : "start"));
    }
}
