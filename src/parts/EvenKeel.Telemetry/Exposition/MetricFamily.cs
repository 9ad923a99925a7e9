namespace EvenKeel.Telemetry.Exposition;

/// <summary>A metric with all of its series.</summary>
/// <param name="Name">Its name in Prometheus' form, unit included, such as <c>evenkeel_gateway_retries_total</c>.</param>
/// <param name="Kind">What its values mean.</param>
/// <param name="Help">One sentence about it.</param>
/// <param name="Samples">Its series; without one the metric is still described.</param>
public sealed record MetricFamily(string Name, MetricKind Kind, string Help, IReadOnlyList<MetricSample> Samples);
