using System.Diagnostics.Metrics;
using System.Text;

namespace EvenKeel.Hosting.Metrics;

/// <summary>What one instrument has measured.</summary>
internal sealed class InstrumentState
{
    private static readonly double[] DefaultBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Series> _series = [];
    private readonly IReadOnlyList<double> _bounds;
    private readonly bool _adds;

    public InstrumentState(Instrument instrument)
    {
        Type type = instrument.GetType().GetGenericTypeDefinition();
        Kind = type == typeof(Histogram<>) ? MetricKind.Histogram
            : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : MetricKind.Gauge;
        _adds = type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
        _bounds = Kind != MetricKind.Histogram ? []
            : instrument switch
            {
                Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => bounds,
                Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
                Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
                _ => DefaultBounds,
            };
        Name = MetricNames.Of(instrument.Name, instrument.Unit, Kind);
        Help = instrument.Description ?? "";
    }

    public string Name { get; }

    public string Help { get; }

    public MetricKind Kind { get; }

    /// <summary>Takes a measurement; false when there are too many series.</summary>
    public bool TryRecord(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = LabelsOf(tags);
        lock (_lock)
        {
            if (!_series.TryGetValue(labels, out Series? series))
            {
                if (_series.Count >= MeterCollector.MaxSeries)
                {
                    return false;
                }

                _series[labels] = series = new Series(labels, _bounds);
            }

            if (Kind == MetricKind.Histogram)
            {
                series.Observe(value);
            }
            else
            {
                series.Value = _adds ? series.Value + value : value;
            }

            return true;
        }
    }

    public IReadOnlyList<Series> Read()
    {
        lock (_lock)
        {
            return [.. _series.Values.Select(one => one.Copy())];
        }
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach ((string name, object? value) in tags)
        {
            text.Append(text.Length > 0 ? "," : "").Append(MetricNames.Clean(name)).Append("=\"")
                .Append(MetricText.Escape(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "", quotes: true)).Append('"');
        }

        return text.ToString();
    }
}
