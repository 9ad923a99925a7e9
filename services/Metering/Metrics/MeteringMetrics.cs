using System.Diagnostics.Metrics;
using Metering.Ingest;

namespace Metering.Metrics;

/// <summary>
/// The instruments of the meter <c>EvenKeel.Metering</c>. Their names are chosen so that Prometheus shows them under the names that dashboards
/// of usage metering know, such as <c>metering_lock_contention_total</c>. Events are counted by the batch: an instrument costs nothing for each event.
/// </summary>
internal sealed class MeteringMetrics : IDisposable
{
    public const string MeterName = "EvenKeel.Metering";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly InstrumentAdvice<long> Sizes = new() { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000] };
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _ingested;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _late;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _batchDuration;
    private readonly Histogram<long> _batchSize;
    private readonly Counter<long> _lockContention;
    private readonly Counter<long> _lockUnavailable;
    private readonly Histogram<double> _lockLatency;
    private readonly Counter<long> _processed;
    private readonly Counter<long> _revised;

    public MeteringMetrics(IngestQueue queue)
    {
        _ingested = Counter("metering.events.ingested", "{event}", "Events that were committed for the first time.");
        _duplicates = Counter("metering.events.duplicates", "{event}", "Events that had been committed before.");
        _conflicts = Counter("metering.events.conflicts", "{event}", "Events whose id had been committed with another body.");
        _late = Counter("metering.events.late", "{event}", "Events that were committed into windows that were closed.");
        _rejected = Counter("metering.events.rejected", "{event}", "Events that are not valid, or of no known customer.");
        _failed = Counter("metering.events.failed", "{event}", "Events that could not be stored, or whose storage was not confirmed.");
        _refused = Counter("metering.events.refused", "{event}", "Events that found the queue full.");
        _batchDuration = _meter.CreateHistogram(
            "metering.db.persistence.latency", "s", "Time to store a batch, repetitions included.", tags: null, advice: Seconds);
        _batchSize = _meter.CreateHistogram("metering.db.batch.size", "{event}", "Events of a batch.", tags: null, advice: Sizes);
        _lockContention = Counter("metering.lock.contention", "{window}", "Windows that were skipped because another instance held their lock.");
        _lockUnavailable = Counter("metering.lock.unavailable", "{window}", "Windows whose lock could not be asked for.");
        _lockLatency = _meter.CreateHistogram("metering.lock.acquisition.latency", "s", "Time to ask for the lock of a window.", tags: null, advice: Seconds);
        _processed = Counter("metering.aggregation.windows.processed", "{window}", "Windows that this instance closed.");
        _revised = Counter("metering.aggregation.windows.revised", "{window}", "Closed windows that this instance computed anew.");
        _meter.CreateObservableGauge("metering.ingest.queue.events", () => queue.Inside, "{event}", "Events that are on their way to the database.");
        _meter.CreateObservableGauge("metering.aggregation.lag", () => Lag, "s", "How long the oldest window is overdue, as last measured by this instance.");
        _meter.CreateObservableGauge("metering.aggregation.windows.overdue", () => Overdue, "{window}", "Windows that are open although their time has come.");
    }

    /// <summary>How long the oldest window is overdue, in seconds.</summary>
    public double Lag { get; set; }

    /// <summary>How many are.</summary>
    public long Overdue { get; set; }

    public void Stored(IngestBatch batch, TimeSpan elapsed)
    {
        (long processed, long duplicates, long conflicts) = (0, 0, 0);
        batch.Tell((_, outcome) =>
        {
            processed += outcome == IngestOutcome.Processed ? 1 : 0;
            duplicates += outcome == IngestOutcome.Duplicate ? 1 : 0;
            conflicts += outcome == IngestOutcome.Conflict ? 1 : 0;
        });
        _ingested.Add(processed);
        _duplicates.Add(duplicates);
        _conflicts.Add(conflicts);
        _late.Add(batch.Late);
        _batchSize.Record(batch.Entries.Count);
        _batchDuration.Record(elapsed.TotalSeconds);
    }

    public void Failed(int events, bool isOpen) => _failed.Add(events, new KeyValuePair<string, object?>("reason", isOpen ? "circuit_open" : "database"));

    public void Rejected(int events) => _rejected.Add(events);

    public void Refused(int events) => _refused.Add(events);

    public void LockAsked(TimeSpan elapsed, bool isHeld)
    {
        _lockLatency.Record(elapsed.TotalSeconds);
        _lockContention.Add(isHeld ? 0 : 1);
    }

    public void LockUnavailable() => _lockUnavailable.Add(1);

    public void Turned(int closed, int revised)
    {
        _processed.Add(closed);
        _revised.Add(revised);
    }

    public void Dispose() => _meter.Dispose();

    // A counter that is shown from the first scrape on has a rate from its first event on.
    private Counter<long> Counter(string name, string unit, string description)
    {
        Counter<long> counter = _meter.CreateCounter<long>(name, unit, description);
        counter.Add(0);
        return counter;
    }
}
