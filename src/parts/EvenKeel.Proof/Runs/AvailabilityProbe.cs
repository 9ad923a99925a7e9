using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Load;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>
/// Asks one request at fixed intended times and never waits for an earlier answer, so that a service which hangs is seen at every interval and not
/// once. Each answer is recorded as an operation of kind probe.
/// </summary>
internal sealed class AvailabilityProbe(
    ProbeOptions options, RequestOptions request, HttpDriver http, OperationRecorder recorder, ScenarioPhase phase, RunClock clock)
{
    private readonly PreparedRequest _prepared = new RequestTemplate(request).Fill(new TemplateValues("probe", "probe", 0, 0));
    private readonly Lock _gate = new();
    private TimeSpan _lastBad;
    private TimeSpan? _goodSince;
    private int _goodInARow;

    /// <summary>Method and path, for messages.</summary>
    public string Shown => $"{_prepared.Method} {_prepared.Path}";

    /// <summary>The intended time of the last probe that went wrong; zero when none did.</summary>
    public TimeSpan LastBad
    {
        get
        {
            lock (_gate)
            {
                return _lastBad;
            }
        }
    }

    /// <summary>How many of the last probes, by the order of their answers, were good, and since which intended time.</summary>
    public (int InARow, TimeSpan? Since) Good
    {
        get
        {
            lock (_gate)
            {
                return (_goodInARow, _goodSince);
            }
        }
    }

    /// <summary>Probes until cancelled, then waits for the answers that are still out.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var start = clock.Now;
        var open = new HashSet<Task>();
        await new Pacer(clock.Time, clock.Time.GetTimestamp()).RunAsync(Times(), intended =>
        {
            open.RemoveWhere(task => task.IsCompleted);
            open.Add(AskAsync(start + intended));
        }, stop).ConfigureAwait(false);
        await Task.WhenAll(open).ConfigureAwait(false);
    }

    /// <summary>Asks once, outside the plan and without recording: is anything there at all?</summary>
    public async Task<(bool Good, string Reason)> TryAsync(CancellationToken cancellationToken)
    {
        var exchange = await http.SendAsync(_prepared, options.Timeout, cancellationToken).ConfigureAwait(false);
        var (outcome, reason) = Judge(exchange);
        return (outcome == OperationOutcome.Ok, reason ?? "");
    }

    private (OperationOutcome Outcome, string? Reason) Judge(Exchange exchange) =>
        OutcomeRules.Judge(OperationKind.Probe, WorkloadClient.ToReply(_prepared, exchange, unreadable: false));

    private IEnumerable<TimeSpan> Times()
    {
        for (var number = 0L; ; number++)
        {
            yield return options.Interval * number;
        }
    }

    private async Task AskAsync(TimeSpan intended)
    {
        var current = phase.Current;
        var exchange = await http.SendAsync(_prepared, options.Timeout, CancellationToken.None).ConfigureAwait(false);
        var (outcome, reason) = Judge(exchange);
        Count(intended, outcome == OperationOutcome.Ok);
        await recorder.AddAsync(new Operation
        {
            Index = 0,
            Session = "probe",
            Kind = OperationKind.Probe,

            // What went wrong after the faults began is theirs, also when it was sent just before.
            Phase = outcome == OperationOutcome.Ok ? current : phase.Current,
            Intended = intended,
            Sent = clock.At(exchange.SentAt),
            End = clock.At(exchange.EndedAt),
            Outcome = outcome,
            Reason = reason,
            Status = exchange.Status,
            Instance = exchange.Instance,
        }, null, CancellationToken.None).ConfigureAwait(false);
    }

    private void Count(TimeSpan intended, bool good)
    {
        lock (_gate)
        {
            _goodInARow = good ? _goodInARow + 1 : 0;
            _goodSince = good ? _goodSince ?? intended : null;
            _lastBad = good || intended < _lastBad ? _lastBad : intended;
        }
    }
}
