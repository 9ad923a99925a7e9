using System.Diagnostics.Metrics;

namespace EvenKeel.Windows.Metrics;

/// <summary>What closers and revisers have done, as instruments of the meter <c>EvenKeel.Windows</c>, tagged by stream.</summary>
public sealed class WindowMetrics : IDisposable
{
    private readonly Meter _meter = new("EvenKeel.Windows");
    private readonly Counter<long> _closed;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _fencedOff;
    private readonly Counter<long> _revised;
    private readonly Histogram<double> _delay;

    /// <summary>Makes the instruments.</summary>
    public WindowMetrics()
    {
        _closed = _meter.CreateCounter<long>("evenkeel.windows.closed", "{window}", "Windows that this process closed.");
        _skipped = _meter.CreateCounter<long>("evenkeel.windows.skipped", "{window}", "Windows left to another closer because it held the gate.");
        _fencedOff = _meter.CreateCounter<long>("evenkeel.windows.fenced_off", "{window}", "Closes that were refused because the claim was not the latest.");
        _revised = _meter.CreateCounter<long>("evenkeel.windows.revised", "{window}", "Windows whose results changed after late events.");
        _delay = _meter.CreateHistogram<double>(
            "evenkeel.windows.close.delay", "s", "From the end of a window's grace until its close was about to be committed.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Closed(string stream, IReadOnlyCollection<TimeSpan> delays)
    {
        _closed.Add(delays.Count, Of(stream));
        foreach (TimeSpan delay in delays)
        {
            _delay.Record(delay.TotalSeconds, Of(stream));
        }
    }

    internal void Skipped(string stream, int windows) => _skipped.Add(windows, Of(stream));

    internal void FencedOff(string stream, int windows) => _fencedOff.Add(windows, Of(stream));

    internal void Revised(string stream, int windows) => _revised.Add(windows, Of(stream));

    private static KeyValuePair<string, object?> Of(string stream) => new("evenkeel.windows.stream", stream);
}
