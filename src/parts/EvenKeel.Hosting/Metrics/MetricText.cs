using System.Globalization;
using System.Text;

namespace EvenKeel.Hosting.Metrics;

/// <summary>Text of the exposition format: HELP and TYPE of each metric, then its series; a histogram as cumulative buckets, sum and count.</summary>
internal sealed class MetricText
{
    private readonly StringBuilder _text = new(16 * 1024);
    private MetricKind _kind;

    public static string Escape(string text, bool quotes)
    {
        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    public void Describe(string name, MetricKind kind, string help)
    {
        _kind = kind;
        string word = kind switch { MetricKind.Counter => "counter", MetricKind.Histogram => "histogram", _ => "gauge" };
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, quotes: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(word).Append('\n');
    }

    public void Add(string name, Series series)
    {
        if (_kind != MetricKind.Histogram)
        {
            Line(name, series.Labels, series.Value);
            return;
        }

        long sum = 0;
        for (int bucket = 0; bucket < series.Counts.Length; bucket++)
        {
            sum += series.Counts[bucket];
            string bound = bucket < series.Bounds.Count ? Number(series.Bounds[bucket]) : "+Inf";
            Line(name + "_bucket", $"{series.Labels}{(series.Labels.Length > 0 ? "," : "")}le=\"{bound}\"", sum);
        }

        Line(name + "_sum", series.Labels, series.Value);
        Line(name + "_count", series.Labels, sum);
    }

    public override string ToString() => _text.ToString();

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }
}
