using System.Globalization;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Load;

/// <summary>
/// The requests of the file's load at evenly spaced times, each recorded and written to the ledger. When the file asks for it, a request is sent
/// again, as it was, until its outcome is known: then every later success of it is as expected, since an earlier attempt may have had its effect.
/// </summary>
internal sealed class RequestLoad(
    ProveOptions options, HttpDriver http, LoadLedger ledger, OperationRecorder recorder, RunClock clock) : IScenarioLoad
{
    /// <summary>The pause before a request is sent again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RequestMix _mix = new(options.Requests);
    private readonly string _run = clock.StartedAt.ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);
    private long _number;

    /// <inheritdoc/>
    public async Task RunAsync(OperationPhase phase, double rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        var schedule = ArrivalSchedule.Constant(rate, duration);
        var start = clock.Now;

        // What is undecided by then stays so: a service that never comes back must not hold the run.
        var patience = start + duration + options.Settle;
        var queue = new ArrivalQueue(WorkloadLoad.MaxUnderWay, (intended, token) => SendAsync(phase, start + intended, patience, token), cancellationToken);
        var pacer = new Pacer(clock.Time, clock.Time.GetTimestamp());
        await pacer.RunAsync(schedule.IntendedTimes(), queue.Add, cancellationToken).ConfigureAwait(false);
        await pacer.UntilAsync(duration, cancellationToken).ConfigureAwait(false);
        await queue.CompleteAsync().ConfigureAwait(false);
    }

    private async Task SendAsync(OperationPhase phase, TimeSpan intended, TimeSpan patience, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _number);
        var name = string.Create(CultureInfo.InvariantCulture, $"load-{options.Seed}-{number}");
        var request = _mix.Next(new TemplateValues(name, name, number, options.Seed) { Run = _run, Clock = clock.Time.GetUtcNow() });
        var mayBeThere = false;
        for (var attempt = 0; ; attempt++)
        {
            var exchange = await http.SendAsync(request.Prepared, options.Timeout, cancellationToken).ConfigureAwait(false);
            var unexpected = request.Expectation.Judge(exchange, request.Values);
            unexpected = mayBeThere && exchange.Succeeded ? "" : unexpected;
            var operation = Operation(request, exchange, unexpected, number) with { Phase = phase, Intended = intended, Attempt = attempt };
            if (operation.Outcome == OperationOutcome.Ok)
            {
                _mix.Succeeded(request);
            }

            // Whatever was sent is recorded, also when the run is being stopped.
            await ledger.AddAsync(number, request, exchange, unexpected).ConfigureAwait(false);
            await recorder.AddAsync(operation, null, CancellationToken.None).ConfigureAwait(false);
            if (options.Load != ProveLoad.Resend || IsDecided(exchange) || clock.Now + Pause > patience || cancellationToken.IsCancellationRequested)
            {
                return;
            }

            mayBeThere |= operation.Outcome == OperationOutcome.Unknown;
            await Task.Delay(Pause, clock.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            intended = clock.Now;
        }
    }

    /// <summary>True when the reply says what became of the request: nobody sends it again.</summary>
    private static bool IsDecided(Exchange exchange) =>
        exchange is { Failure: ExchangeFailure.None, Status: >= 200 and < 500 and not 408 and not 429 };

    private Operation Operation(PlannedRequest request, Exchange exchange, string unexpected, long number)
    {
        var (outcome, reason) = OutcomeRules.Judge(OperationKind.Request, WorkloadClient.ToReply(request.Prepared, exchange, unreadable: false));
        if (unexpected.Length == 0)
        {
            outcome = OperationOutcome.Ok;
        }
        else if (outcome == OperationOutcome.Ok)
        {
            (outcome, reason) = (OperationOutcome.Failed, unexpected);
        }

        return new Operation
        {
            Index = 0,
            Session = string.Create(CultureInfo.InvariantCulture, $"r{number}"),
            Kind = OperationKind.Request,
            Value = request.Options.Name ?? request.Options.Repeats ?? $"{request.Prepared.Method} {request.Options.Path}",
            Intended = default,
            Sent = clock.At(exchange.SentAt),
            End = clock.At(exchange.EndedAt),
            Outcome = outcome,
            Reason = outcome == OperationOutcome.Ok ? null
                : exchange.Failure == ExchangeFailure.Cancelled ? Consistency.Histories.Operation.GivenUp
                : reason,
            Status = exchange.Status,
            Instance = exchange.Instance,
        };
    }
}
