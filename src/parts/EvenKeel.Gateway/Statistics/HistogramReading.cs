namespace EvenKeel.Gateway.Statistics;

/// <summary>Durations counted by fixed bounds, over all loops.</summary>
/// <param name="Counts">How many fell up to each of <see cref="Bounds"/> and above the one before; the last is of those above all bounds.</param>
/// <param name="Sum">The sum of all durations, in seconds.</param>
public sealed record HistogramReading(IReadOnlyList<long> Counts, double Sum)
{
    /// <summary>
    /// The upper bounds in seconds: those that OpenTelemetry recommends for HTTP, and finer ones below, since a gateway's own time is far below 5 ms.
    /// </summary>
    public static IReadOnlyList<double> Bounds { get; } =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    /// <summary>How many durations there were.</summary>
    public long Count => Counts.Sum();

    internal static HistogramReading Of(IEnumerable<DurationHistogram?> loops, long frequency)
    {
        var counts = new long[Bounds.Count + 1];
        var sum = 0L;
        foreach (var loop in loops)
        {
            loop?.AddTo(counts, ref sum);
        }

        return new HistogramReading(counts, (double)sum / frequency);
    }
}
