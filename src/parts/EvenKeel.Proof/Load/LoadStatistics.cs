using EvenKeel.Proof.Exchanges;

namespace EvenKeel.Proof.Load;

/// <summary>Counts what a load has met so far. Safe for many threads: one short lock per request.</summary>
internal sealed class LoadStatistics
{
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _response = new();
    private readonly LatencyHistogram _service = new();
    private readonly LatencyHistogram _lag = new();
    private readonly SortedDictionary<string, long> _instances = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private long _sent;
    private long _completed;
    private long _failed;
    private long _bytes;

    public void RecordLag(TimeSpan lag)
    {
        lock (_gate)
        {
            _lag.Record(lag);
        }
    }

    public void Record(Exchange exchange, string unexpected, TimeSpan response, TimeSpan service)
    {
        lock (_gate)
        {
            if (exchange.Failure == ExchangeFailure.Cancelled)
            {
                // Given up by the driver, not by the service: it says nothing about either.
                return;
            }

            _sent++;
            _response.Record(response);
            _service.Record(service);
            _bytes += exchange.Body.Length;
            if (exchange.Instance is { } instance)
            {
                _instances[instance] = _instances.GetValueOrDefault(instance) + 1;
            }

            if (unexpected.Length == 0)
            {
                _completed++;
                return;
            }

            _failed++;
            _errors[unexpected] = _errors.GetValueOrDefault(unexpected) + 1;
        }
    }

    public (long Sent, long Failed) Progress()
    {
        lock (_gate)
        {
            return (_sent, _failed);
        }
    }

    /// <summary>The percentile and mean of response time so far, for progress lines.</summary>
    public TimeSpan ResponsePercentile(double percent)
    {
        lock (_gate)
        {
            return _response.Percentile(percent);
        }
    }

    /// <summary>Copies everything, so that late replies cannot change a result that was handed out.</summary>
    public LoadMeasurements Snapshot()
    {
        lock (_gate)
        {
            return new LoadMeasurements(
                _sent, _completed, _failed, _bytes, Copy(_response), Copy(_service), Copy(_lag),
                new SortedDictionary<string, long>(_instances, StringComparer.Ordinal), new SortedDictionary<string, long>(_errors, StringComparer.Ordinal));
        }
    }

    private static LatencyHistogram Copy(LatencyHistogram original)
    {
        var copy = new LatencyHistogram();
        copy.Add(original);
        return copy;
    }
}
