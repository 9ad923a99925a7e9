using System.Globalization;
using System.Text;

namespace EvenKeel.Proof.Load;

/// <summary>The block that ends a load on screen.</summary>
public static class LoadSummary
{
    /// <summary>Builds it.</summary>
    public static string Of(LoadResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var measured = result.Measured;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"load  {result.Plan}\n\n");
        if (result.Thresholds.Count > 0)
        {
            text.Append("  THRESHOLDS\n");
            var width = result.Thresholds.Max(threshold => threshold.Rule.Length);
            foreach (var threshold in result.Thresholds)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {(threshold.Holds ? "✔" : "✕")} {threshold.Rule.PadRight(width)}   {threshold.Measured}\n");
            }

            text.Append('\n');
        }

        var rate = result.Elapsed > TimeSpan.Zero ? measured.Sent / result.Elapsed.TotalSeconds : 0;
        text.Append(
            CultureInfo.InvariantCulture,
            $"  REQUESTS   {Quantities.Show(measured.Sent)} sent · 0 dropped · {rate:0.0}/s · {Quantities.Show(measured.Failed)} failed ({measured.ErrorShare * 100:0.##} %)\n");
        if (measured.Sent > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  RESPONSE   {Percentiles(measured.Response)}     {From(result)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  SERVICE    {Percentiles(measured.Service)}     (from actual send)\n");
        }

        AppendCounts(text, "BY INSTANCE", measured.Instances);
        AppendCounts(text, "ERRORS", measured.Errors);
        if (result.DriverOverloaded)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  driver overloaded: it was {Quantities.Show(measured.Lag.Percentile(99))} late at the 99th percentile, latency not trusted. Lower the rate, or drive from another machine.\n");
        }

        if (result.Interrupted)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  interrupted after {Quantities.Show(result.Elapsed)}{(result.Open ? $"; {Quantities.Show(result.NotSent)} of {Quantities.Show(result.Planned)} planned requests were not sent" : "")}\n");
        }

        return text.ToString();
    }

    private static string Percentiles(LatencyHistogram histogram) =>
        $"p50 {Quantities.Show(histogram.Percentile(50))}  p90 {Quantities.Show(histogram.Percentile(90))}  p99 {Quantities.Show(histogram.Percentile(99))}  "
        + $"p99.9 {Quantities.Show(histogram.Percentile(99.9))}  max {Quantities.Show(histogram.Max)}";

    private static void AppendCounts(StringBuilder text, string title, IReadOnlyDictionary<string, long> counts)
    {
        if (counts.Count > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {title,-10} {string.Join(" · ", counts.Select(count => $"{count.Key} {Quantities.Show(count.Value)}"))}\n");
        }
    }

    private static string From(LoadResult result) =>
        result.Open ? "(from intended start)" : "(closed model: requests that were not sent do not count)";
}
