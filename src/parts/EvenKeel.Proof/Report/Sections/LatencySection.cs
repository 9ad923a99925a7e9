using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Report.Charts;
using EvenKeel.Proof.Report.Html;
using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Report.Sections;

/// <summary>Latency over time, and its percentiles as response and as service time, by kind of operation.</summary>
internal static class LatencySection
{
    private static readonly TimeSpan TooLate = TimeSpan.FromMilliseconds(5);

    public static void Write(Page page, TimeAxis axis, TimeBins bins)
    {
        var markup = page.Markup;
        var series = new LatencySeries(page.Scenario.History, bins);
        markup.Open("section");
        page.Heading("latency", "Latency");
        if (series.Load.Count == 0)
        {
            markup.Leaf("p", "Not measured: no request was sent.").Close();
            return;
        }

        if (series.IsOfProbes)
        {
            markup.Leaf("p", "Only probes were sent; these are theirs.");
        }

        LatencyChart.Draw(page, axis, bins, series);
        Table.Write(
            markup,
            "Response counts from the intended start, service from the actual one; ok operations alone",
            ["Operations", "#Count", "#ok", "#Unknown", "#Failed", "#p50", "#p90", "#p99", "#p99.9", "#max"],
            series.Load.GroupBy(static o => o.Kind).OrderBy(static kind => kind.Key).SelectMany(static kind => Rows(Words.Kind(kind.Key), [.. kind])));
        WriteLag(markup, series);
        markup.Close();
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(string kind, List<Operation> operations)
    {
        var ok = operations.FindAll(static o => o.Outcome == OperationOutcome.Ok);
        string[] counts =
        [
            Words.Count(operations.Count), Words.Count(ok.Count),
            Words.Count(
                operations.Count(static o => o.Outcome == OperationOutcome.Unknown)),
                Words.Count(operations.Count(static o => o.Outcome == OperationOutcome.Failed)),
        ];
        yield return [$"{kind}, response", .. counts, .. Values(new Percentiles(ok.Select(LatencySeries.ResponseOf)))];
        yield return [$"{kind}, service", .. counts, .. Values(new Percentiles(ok.Select(LatencySeries.ServiceOf)))];
    }

    private static IEnumerable<string> Values(Percentiles times) => times.Count == 0
        ? Enumerable.Repeat("\u2013", 5)
        : [Words.Length(times.At(0.5)), Words.Length(times.At(0.9)), Words.Length(times.At(0.99)), Words.Length(times.At(0.999)), Words.Length(times.Max)];

    private static void WriteLag(Markup markup, LatencySeries series)
    {
        var late = series.Lag.At(0.99);
        var verdict = late > TooLate
            ? "This is the driver's own delay (or its users waiting for an answer): read service times, and mistrust response times."
            : "The driver kept its plan, so response times are the service's.";
        markup.Leaf(
            "p",
            $"Operations were sent {Words.Length(late)} (p99) and at most {Words.Length(series.Lag.Max)} after their intended start. {verdict}",
            ("class", "note"));
    }
}
