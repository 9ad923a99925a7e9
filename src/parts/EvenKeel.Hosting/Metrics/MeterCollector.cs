using System.Diagnostics.Metrics;

namespace EvenKeel.Hosting.Metrics;

/// <summary>
/// Adds up what the instruments of some meters measure, and writes it as text that Prometheus scrapes (exposition format 0.0.4). Names follow
/// the translation of OpenTelemetry: <c>metering.lock.contention</c>, a counter, becomes <c>metering_lock_contention_total</c>; a unit of
/// seconds is added as <c>_seconds</c>. An instrument has at most <see cref="MaxSeries"/> series; measurements of more are counted in
/// <c>evenkeel_telemetry_dropped_total</c>.
/// </summary>
public sealed class MeterCollector : IDisposable
{
    /// <summary>The most combinations of tags of one instrument: 1,000.</summary>
    public const int MaxSeries = 1000;

    /// <summary>The content type of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly Lock _lock = new();
    private readonly List<InstrumentState> _instruments = [];
    private readonly MeterListener _listener = new();
    private long _dropped;

    /// <summary>Begins to collect.</summary>
    /// <param name="meters">The names of the meters; also of those that are made later.</param>
    public MeterCollector(params string[] meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!meters.Contains(instrument.Meter.Name))
            {
                return;
            }

            var state = new InstrumentState(instrument);
            lock (_lock)
            {
                _instruments.Add(state);
            }

            listener.EnableMeasurementEvents(instrument, state);
        };
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments and writes everything.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        InstrumentState[] instruments;
        lock (_lock)
        {
            instruments = [.. _instruments];
        }

        var text = new MetricText();
        foreach (IGrouping<string, InstrumentState> family in instruments.GroupBy(one => one.Name).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            // Several meters of one name, as in tests, have instruments of one name: one description for all.
            text.Describe(family.Key, family.First().Kind, family.First().Help);
            foreach (Series series in family.SelectMany(one => one.Read()))
            {
                text.Add(family.Key, series);
            }
        }

        text.Describe("evenkeel_telemetry_dropped_total", MetricKind.Counter, "Measurements that were dropped because their instrument has too many series.");
        text.Add("evenkeel_telemetry_dropped_total", new Series("", []) { Value = Interlocked.Read(ref _dropped) });
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (!((InstrumentState)state!).TryRecord(value, tags))
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
