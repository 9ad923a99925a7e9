using EvenKeel.Gateway.Statistics;

namespace EvenKeel.Telemetry.Exposition;

/// <summary>One series of a metric at one moment.</summary>
/// <param name="Labels">What tells it from the metric's other series; an empty value is the same as none and is left out.</param>
/// <param name="Value">The value of a gauge or counter.</param>
/// <param name="Histogram">The observations of a histogram, else null.</param>
public sealed record MetricSample(IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, HistogramReading? Histogram = null);
