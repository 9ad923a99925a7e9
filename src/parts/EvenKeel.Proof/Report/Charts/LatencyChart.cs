using System.Text;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Report.Charts;

/// <summary>Latency over time on a logarithmic scale: percentiles where a bin holds enough operations, the operations themselves where not.</summary>
internal sealed class LatencyChart
{
    private const double Top = 8;
    private const double Height = 190;
    private readonly Markup _markup;
    private readonly TimeAxis _axis;
    private readonly TimeBins _bins;
    private readonly LatencySeries _series;
    private readonly double _floor;
    private readonly double _decades;

    private LatencyChart(Markup markup, TimeAxis axis, TimeBins bins, LatencySeries series)
    {
        _markup = markup;
        _axis = axis;
        _bins = bins;
        _series = series;
        var times = series.Load.Select(static o => Math.Max(0.01, LatencySeries.ResponseOf(o).TotalMilliseconds)).ToList();
        _floor = Math.Floor(Math.Log10(times.DefaultIfEmpty(1).Min()));
        _decades = Math.Max(1, Math.Ceiling(Math.Log10(times.DefaultIfEmpty(1).Max()) + 1e-9) - _floor);
    }

    public static void Draw(Page page, TimeAxis axis, TimeBins bins, LatencySeries series) =>
        new LatencyChart(page.Markup, axis, bins, series).Draw(page.Anchor("latency-chart"));

    private void Draw(string anchor)
    {
        var bottom = Top + Height;
        Chart.Begin(
            _markup,
            anchor,
            "Latency over time",
            $"Response time: p50 {Words.Length(_series.Response.At(0.5))}, p99 {Words.Length(_series.Response.At(0.99))}, largest {Words.Length(_series.Response.Max)}; service time: p99 {Words.Length(_series.Service.At(0.99))}.",
            bottom + 24);
        _axis.DrawBackground(_markup, bottom);
        DrawScale();
        DrawLine("max", static bin => bin.Response.Max);
        DrawLine("p99", static bin => bin.Response.At(0.99));
        DrawLine("p99s", static bin => bin.Service.At(0.99));
        DrawLine("p50", static bin => bin.Response.At(0.5));
        DrawPoints();
        _axis.DrawSeconds(_markup, bottom);
        Chart.End(
            _markup,
            $"Response time from the intended start, in bins of {Words.Length(_bins.Width)}. A bin with fewer than {LatencySeries.EnoughForPercentiles} operations shows each of them instead of percentiles.");
        DrawLegend();
    }

    private void DrawLegend()
    {
        var entries = new List<(string, string, string)>();
        if (_series.Bins.Any(static bin => bin.IsEnough))
        {
            entries.AddRange(
                [
                    ("\u2501", "p50 response", "line-p50"),
                    ("\u2505", "p99 response", "line-p99"),
                    ("\u2508", "p99 service", "line-p99s"),
                    ("\u2500", "max response", "line-max"),
                ]);
        }

        entries.AddRange(_series.Bins.Where(static bin => !bin.IsEnough).SelectMany(static bin => bin.Operations)
            .Select(static operation => operation.Outcome).Distinct().Order().Select(Words.Of));
        Chart.Legend(_markup, [.. entries]);
    }

    private double Y(TimeSpan time) =>
        Top + (Height * (1 - Math.Clamp((Math.Log10(Math.Max(0.01, time.TotalMilliseconds)) - _floor) / _decades, 0, 1)));

    private void DrawScale()
    {
        for (var decade = 0; decade <= _decades; decade++)
        {
            var time = TimeSpan.FromMilliseconds(Math.Pow(10, _floor + decade));
            var y = Markup.Number(Y(time));
            _markup.Empty("line", ("class", "grid"), ("x1", Markup.Number(TimeAxis.Left)), ("x2", "988"), ("y1", y), ("y2", y));
            Chart.RowLabel(_markup, Words.Length(time), Y(time) + 4);
        }
    }

    private void DrawLine(string style, Func<LatencyBin, TimeSpan> value)
    {
        var path = new StringBuilder();
        var last = -2;
        foreach (var bin in _series.Bins.Where(static bin => bin.IsEnough))
        {
            path.Append(bin.Index == last + 1 ? 'L' : 'M').Append(Markup.Number(_axis.X(_bins.Start(bin.Index) + (_bins.Width / 2))))
                .Append(' ').Append(Markup.Number(Y(value(bin))));
            last = bin.Index;
        }

        if (path.Length > 0)
        {
            _markup.Empty("path", ("class", "line " + style), ("d", path.ToString()));
        }
    }

    private void DrawPoints()
    {
        var paths = new Dictionary<OperationOutcome, StringBuilder>();
        foreach (var operation in _series.Bins.Where(static bin => !bin.IsEnough).SelectMany(static bin => bin.Operations))
        {
            if (!paths.TryGetValue(operation.Outcome, out var path))
            {
                paths.Add(operation.Outcome, path = new StringBuilder());
            }

            path.Append('M').Append(Markup.Number(_axis.X(operation.Intended))).Append(' ').Append(Markup.Number(Y(LatencySeries.ResponseOf(operation))))
                .Append(operation.Outcome switch
                {
                    OperationOutcome.Ok => "h0",
                    OperationOutcome.Failed => "m-3-3l6 6m-6 0l6-6",
                    _ => "m-4 0l4-4l4 4l-4 4z",
                });
        }

        foreach (var (outcome, path) in paths)
        {
            _markup.Empty("path", ("class", "points " + Words.Of(outcome).Class), ("d", path.ToString()));
        }
    }
}
