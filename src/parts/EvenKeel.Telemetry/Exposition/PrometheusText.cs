using System.Globalization;
using System.Text;
using EvenKeel.Gateway.Statistics;

namespace EvenKeel.Telemetry.Exposition;

/// <summary>
/// Writes metrics as text that Prometheus scrapes (exposition format 0.0.4): HELP and TYPE once for each metric, then its series; a histogram as
/// cumulative buckets, sum and count. Lines end with a line feed.
/// </summary>
public static class PrometheusText
{
    /// <summary>The content type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes metrics in their order.</summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(NameOf(family.Kind)).Append('\n');
            foreach (var sample in family.Samples)
            {
                if (sample.Histogram is { } histogram)
                {
                    AppendHistogram(text, family.Name, sample.Labels, histogram);
                }
                else
                {
                    AppendLine(text, family.Name, sample.Labels, null, sample.Value);
                }
            }
        }

        return text.ToString();
    }

    private static void AppendHistogram(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, HistogramReading histogram)
    {
        // The count is the last bucket and not read anew: a scrape must agree with itself.
        var sum = 0L;
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            sum += histogram.Counts[i];
            AppendLine(text, name + "_bucket", labels, i < HistogramReading.Bounds.Count ? Number(HistogramReading.Bounds[i]) : "+Inf", sum);
        }

        AppendLine(text, name + "_sum", labels, null, histogram.Sum);
        AppendLine(text, name + "_count", labels, null, sum);
    }

    private static void AppendLine(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? bound, double value)
    {
        text.Append(name);
        var opened = false;
        foreach (var (key, content) in labels.Where(label => label.Value.Length > 0))
        {
            text.Append(opened ? ',' : '{').Append(key).Append("=\"").Append(EscapeLabel(content)).Append('"');
            opened = true;
        }

        if (bound is not null)
        {
            text.Append(opened ? ',' : '{').Append("le=\"").Append(bound).Append('"');
            opened = true;
        }

        text.Append(opened ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string EscapeHelp(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string NameOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };
}
