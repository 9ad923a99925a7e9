using System.Globalization;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Load;

/// <summary>Sends a load to one address and measures it.</summary>
/// <remarks>
/// An open load keeps its plan whatever the service does: a request whose time has come waits in the driver until a connection is free, and its latency
/// counts from the intended time. So a service that stalls for four seconds shows four seconds, not one slow sample.
/// A closed load has no intended times: users wait for their replies, so both latencies are the same and a stall hides the requests that were not sent.
/// </remarks>
public sealed class LoadDriver
{
    /// <summary>The number of connections, and of requests under way at a time, in an open load.</summary>
    public const int DefaultConnections = 512;

    private readonly LoadOptions _options;
    private readonly Uri _address;
    private readonly ulong _seed;
    private readonly int _connections;
    private readonly TimeProvider _time;
    private readonly RequestMix _mix;
    private readonly LoadLedger? _ledger;
    private readonly string _run;
    private readonly LoadThreshold[] _thresholds;
    private readonly LoadStatistics _statistics = new();
    private long _number;

    /// <summary>Makes a driver.</summary>
    /// <param name="options">The requests, stages, time limit and thresholds.</param>
    /// <param name="address">Where the load goes.</param>
    /// <param name="seed">Seed of the placeholders.</param>
    /// <param name="time">The clock.</param>
    /// <param name="connections">The largest number of connections of an open load; a closed one has one per user.</param>
    /// <param name="ledger">Gets a line for each operation, or null.</param>
    /// <exception cref="FormatException">A threshold is not a rule.</exception>
    public LoadDriver(LoadOptions options, Uri address, ulong seed, TimeProvider time, int connections = DefaultConnections, LoadLedger? ledger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Requests.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(connections, 1);
        _options = options;
        _address = address;
        _seed = seed;
        _connections = connections;
        _time = time;
        _mix = new RequestMix(options.Requests);
        _ledger = ledger;
        _run = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
        _thresholds = [.. options.Thresholds.Select(LoadThreshold.Parse)];
    }

    /// <summary>The plan in words, for the first line on screen.</summary>
    public string Plan
    {
        get
        {
            var stages = _options.Stages.Select(stage => string.Create(CultureInfo.InvariantCulture,
                $"{(stage.Rate is { } rate ? $"{rate:0.##}/s" : $"{stage.Users} users")} {Quantities.Show(stage.Duration)}"));
            return $"{(IsOpen ? "open" : "closed")} model · {string.Join(" > ", stages)} · seed {_seed}";
        }
    }

    private bool IsOpen => _options.Stages.Count > 0 && _options.Stages[0].Rate is not null;

    /// <summary>Runs the load to its end, or until cancelled; never throws for what the service does, nor for the cancellation.</summary>
    /// <param name="progress">Told about once per second, or null.</param>
    /// <param name="cancellationToken">Stops the load; what was measured so far is returned with <see cref="LoadResult.Interrupted"/> set.</param>
    public async Task<LoadResult> RunAsync(IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        return IsOpen ? await RunOpenAsync(started, progress, cancellationToken).ConfigureAwait(false)
            : await RunClosedAsync(started, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<LoadResult> RunOpenAsync(long started, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var schedule = ArrivalSchedule.Of(_options.Stages);
        using var http = new HttpDriver(_address, _connections, _time);
        var queue = new ArrivalQueue(_connections, (intended, token) => SendAsync(http, started, intended, token), cancellationToken);
        var pacer = new Pacer(_time, started);
        using var reporter = new ProgressReporter(_time, TimeSpan.FromSeconds(1), () => Report(progress, started, schedule.Duration, queue.Waiting));
        var issued = await pacer.RunAsync(schedule.IntendedTimes(), intended =>
        {
            _statistics.RecordLag(pacer.Elapsed - intended);
            queue.Add(intended);
        }, cancellationToken).ConfigureAwait(false);
        await pacer.UntilAsync(schedule.Duration, cancellationToken).ConfigureAwait(false);
        await queue.CompleteAsync().ConfigureAwait(false);
        var measured = _statistics.Snapshot();
        return Finish(started, true, schedule.Total, schedule.Total - issued + queue.Abandoned, measured, cancellationToken.IsCancellationRequested);
    }

    private async Task<LoadResult> RunClosedAsync(long started, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        var schedule = new UserSchedule(_options.Stages);
        using var http = new HttpDriver(_address, Math.Max(1, schedule.Largest), _time);
        using var reporter = new ProgressReporter(_time, TimeSpan.FromSeconds(1), () => Report(progress, started, schedule.Duration, 0));
        await new VirtualUsers(schedule, _time, started).RunAsync(token => SendAsync(http, started, null, token), cancellationToken).ConfigureAwait(false);
        return Finish(started, false, 0, 0, _statistics.Snapshot(), cancellationToken.IsCancellationRequested);
    }

    private async Task SendAsync(HttpDriver http, long started, TimeSpan? intended, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _number);
        var name = string.Create(CultureInfo.InvariantCulture, $"load-{_seed}-{number}");
        var request = _mix.Next(new TemplateValues(name, name, number, _seed) { Run = _run, Clock = _time.GetUtcNow() });
        var exchange = await http.SendAsync(request.Prepared, _options.Timeout, cancellationToken).ConfigureAwait(false);
        var unexpected = request.Expectation.Judge(exchange, request.Values);
        if (unexpected.Length == 0)
        {
            _mix.Succeeded(request);
        }

        var service = _time.GetElapsedTime(exchange.SentAt, exchange.EndedAt);
        var response = intended is { } time ? _time.GetElapsedTime(started, exchange.EndedAt) - time : service;
        _statistics.Record(exchange, unexpected, response, service);
        if (_ledger is not null)
        {
            await _ledger.AddAsync(number, request, exchange, unexpected).ConfigureAwait(false);
        }
    }

    private LoadResult Finish(long started, bool open, long planned, long notSent, LoadMeasurements measured, bool interrupted)
    {
        var elapsed = _time.GetElapsedTime(started);
        return new LoadResult(
            Plan,
            _seed,
            open,
            planned,
            notSent,
            elapsed,
            measured,
            [.. _thresholds.Select(threshold => threshold.Judge(measured, elapsed))],
            interrupted);
    }

    private void Report(IProgress<LoadProgress>? progress, long started, TimeSpan duration, long waiting)
    {
        var (sent, failed) = _statistics.Progress();
        progress?.Report(new LoadProgress(_time.GetElapsedTime(started), duration, sent, failed, waiting, _statistics.ResponsePercentile(99)));
    }
}
