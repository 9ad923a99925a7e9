namespace EvenKeel.Gateway.Statistics;

/// <summary>
/// The series of one kind, by service and name. They outlive reloads, so that counters never go back. Beyond a limit all new ones share one
/// series, so that neither memory nor a scrape grows without bound.
/// </summary>
/// <param name="loops">How many loops write.</param>
/// <param name="limit">The most series, without the shared one.</param>
/// <param name="frequency">Ticks of the clock in one second.</param>
internal sealed class MeterSet(int loops, int limit, long frequency)
{
    private readonly long[] _bounds = DurationHistogram.BoundsIn(frequency);
    private readonly Dictionary<(string Service, string Name), SeriesMeter[]> _series = [];
    private readonly Lock _gate = new();
    private SeriesMeter[]? _overflow;

    /// <summary>The meters of a series, one for each loop. Any thread may ask; not for the way of a request.</summary>
    public SeriesMeter[] Of(string service, string name)
    {
        lock (_gate)
        {
            if (!_series.TryGetValue((service, name), out var meters))
            {
                if (_series.Count >= limit)
                {
                    return _overflow ??= Make();
                }

                meters = Make();
                _series.Add((service, name), meters);
            }

            return meters;
        }
    }

    /// <summary>What was counted so far.</summary>
    public IReadOnlyList<SeriesReading> Read()
    {
        lock (_gate)
        {
            var readings = _series.Select(one => Read(one.Key.Service, one.Key.Name, isOverflow: false, one.Value));
            return [.. _overflow is null ? readings : readings.Append(Read("", "", isOverflow: true, _overflow))];
        }
    }

    private SeriesReading Read(string service, string name, bool isOverflow, SeriesMeter[] meters)
    {
        var durations = Enumerable.Range(0, SeriesMeter.Classes)
            .Where(index => meters.Any(meter => meter.Durations(index) is not null))
            .ToDictionary(index => index, index => HistogramReading.Of(meters.Select(meter => meter.Durations(index)), frequency));
        return new SeriesReading(service, name, isOverflow, durations, meters.Sum(meter => meter.RequestBytes), meters.Sum(meter => meter.ResponseBytes));
    }

    private SeriesMeter[] Make() => [.. Enumerable.Range(0, loops).Select(_ => new SeriesMeter(_bounds))];
}
