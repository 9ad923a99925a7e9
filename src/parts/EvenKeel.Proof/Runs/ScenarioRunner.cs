using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Audits;
using EvenKeel.Proof.Exchanges;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Load;
using EvenKeel.Proof.Recording;
using EvenKeel.Proof.Systems;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>
/// Runs one scenario on a fresh system:
/// 1. start it and wait until it is ready and answers a probe;
/// 2. control: the load without faults, which must go well;
/// 3. the same load with faults;
/// 4. undo what is left of them and wait until every instance is ready again;
/// 5. read every instance and the gateway, when nothing is added any more; or, of a load with a ledger, ask the audit;
/// 6. remove what was added, when the workload says how;
/// 7. stop everything, and judge what was recorded.
/// Availability is probed from 2 to 5 without a break.
/// </summary>
internal sealed class ScenarioRunner : IAsyncDisposable
{
    private static readonly TimeSpan LeastReadyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUpLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan ProbeReturnLimit = TimeSpan.FromSeconds(10);

    private readonly ProveOptions _options;
    private readonly ScenarioPlan _plan;
    private readonly RunContext _run;
    private readonly ISystemUnderTest _system;
    private readonly OperationRecorder _recorder;
    private readonly Narrator _narrator;
    private readonly InstanceWatch _watch;
    private readonly ScenarioPhase _phase = new();
    private readonly WorkloadProblems _problems = new();
    private readonly WorkloadClient? _client;
    private readonly HttpDriver _gateway;
    private readonly HttpDriver _probeDriver;
    private readonly AvailabilityProbe _probe;
    private readonly FaultInjector _injector;
    private readonly LoadLedger? _ledger;
    private readonly List<PhaseStart> _phases = [];
    private IReadOnlyList<PlannedFault> _faults = [];
    private string? _controlFailure;
    private string? _interruption;
    private AuditStatement? _audit;

    private ScenarioRunner(ProveOptions options, ScenarioPlan plan, RunContext run, ISystemUnderTest system, int firstIndex)
    {
        _options = options;
        _plan = plan;
        _run = run;
        _system = system;
        _recorder = new OperationRecorder(plan.Name, firstIndex, run.History);
        _narrator = new Narrator(plan.Name, run.Clock, run.Observer, new EventLog(run.Events, run.Clock));
        _watch = new InstanceWatch(system, run.Clock, _narrator);
        _client = options.Workload is null ? null : new WorkloadClient(options.Workload, options.Timeout, run.Names, run.Clock);
        _gateway = new HttpDriver(system.Gateway, WorkloadLoad.MaxUnderWay, run.Clock.Time);
        var probe = options.Probe ?? new ProbeOptions();

        // As many as can be out at a time, so that no probe waits for another.
        _probeDriver = new HttpDriver(system.Gateway, (int)Math.Clamp(probe.Timeout / probe.Interval * 2, 8, 1024), run.Clock.Time);
        var request = probe.Request ?? options.Workload?.List ?? new RequestOptions { Method = "GET", Path = "/" };
        _probe = new AvailabilityProbe(probe, request, _probeDriver, _recorder, _phase, run.Clock);
        _ledger = options.Load == ProveLoad.Off ? null : new LoadLedger(LedgerPath, run.Clock.Time);
        _injector = new FaultInjector(system, run.Journal, run.Clock, TellFault);
    }

    private string LedgerPath => _run.Folder.File($"ledger-{_run.Number}.jsonl");

    /// <summary>
    /// Runs a scenario. Ends without an exception also when cancelled; throws only when the system cannot be started or the options
    /// contradict it.
    /// </summary>
    public static async Task<(ScenarioResult Result, int NextIndex)> RunAsync(
        ProveOptions options, ScenarioPlan plan, RunContext run, int firstIndex, CancellationToken cancellationToken)
    {
        var system = await run.Factory.StartAsync(plan.Name, options.TimeScale, run.Folder.Logs, cancellationToken).ConfigureAwait(false);
        await using (system.ConfigureAwait(false))
        {
            var runner = new ScenarioRunner(options, plan, run, system, firstIndex);
            await using (runner.ConfigureAwait(false))
            {
                return await runner.RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Undoes what faults are left, and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _injector.DisposeAsync().ConfigureAwait(false);
        await _recorder.DisposeAsync().ConfigureAwait(false);
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync().ConfigureAwait(false);
        }

        _gateway.Dispose();
        _probeDriver.Dispose();
    }

    private async Task<(ScenarioResult Result, int NextIndex)> RunAsync(CancellationToken cancellationToken)
    {
        using var stopProbe = new CancellationTokenSource();
        using var stopWatch = new CancellationTokenSource();
        var watching = _watch.RunAsync(stopWatch.Token);
        var probing = Task.CompletedTask;
        try
        {
            if (await GetReadyAsync(cancellationToken).ConfigureAwait(false))
            {
                await EnterAsync(OperationPhase.Control).ConfigureAwait(false);
                probing = _probe.RunAsync(stopProbe.Token);
                await AttackAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is not ProofException)
        {
            _interruption = cancellationToken.IsCancellationRequested ? "it was interrupted" : $"of a failure: {exception.Message}";
        }

        await _injector.DisposeAsync().ConfigureAwait(false);
        await stopProbe.CancelAsync().ConfigureAwait(false);
        await probing.ConfigureAwait(false);
        var (history, next) = await _recorder.CompleteAsync().ConfigureAwait(false);
        await stopWatch.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        return (Conclude(history), next);
    }

    private async Task<bool> GetReadyAsync(CancellationToken cancellationToken)
    {
        var limit = _options.Settle > LeastReadyLimit ? _options.Settle : LeastReadyLimit;
        var began = _run.Clock.Now;
        if (await _watch.WaitReadyAsync(new Dictionary<string, TimeSpan>(), limit, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            _interruption = $"not every instance became ready at the start, waited for {Quantities.Show(_run.Clock.Now - began)}: {missing}";
            return false;
        }

        _faults = FaultPlan.Make(_plan.Faults, Names(), [.. _system.Others.Select(other => other.Name)], _options.Seed, _options.TimeScale);
        var deadline = _run.Clock.Now + WarmUpLimit;
        while (true)
        {
            var (good, reason) = await _probe.TryAsync(cancellationToken).ConfigureAwait(false);
            if (good)
            {
                return true;
            }

            if (_run.Clock.Now >= deadline)
            {
                _controlFailure = $"the probe {_probe.Shown} was never answered well ({reason}): set prove.probe to a request that a healthy service answers with 2xx";
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), _run.Clock.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Steps 2 to 6.</summary>
    private async Task AttackAsync(CancellationToken cancellationToken)
    {
        IScenarioLoad? load = _ledger is not null ? new RequestLoad(_options, _gateway, _ledger, _recorder, _run.Clock)
            : _client is null ? null
            : new WorkloadLoad(_client, new SessionPool(_options.Seed, SessionCount()), _gateway, _recorder, _problems, _run.Clock);
        await LoadAsync(load, OperationPhase.Control, _options.Control / _options.TimeScale, cancellationToken).ConfigureAwait(false);
        var control = await _recorder.SeenAsync(OperationPhase.Control, cancellationToken).ConfigureAwait(false);
        _controlFailure = ControlPhase.WhyUnsound(control, _problems, load is not null);
        if (_controlFailure is null)
        {
            await EnterAsync(OperationPhase.Faults).ConfigureAwait(false);
            var injecting = _injector.RunAsync(_faults, cancellationToken);
            await Task.WhenAll(injecting, LoadAsync(load, OperationPhase.Faults, FaultDuration(), cancellationToken)).ConfigureAwait(false);
            await EnterAsync(OperationPhase.Settle).ConfigureAwait(false);
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            _narrator.Say("control", $"unsound, because {_controlFailure}: no fault is injected");
        }

        if (_ledger is not null)
        {
            await AuditAsync(_ledger, cancellationToken).ConfigureAwait(false);
        }

        if (_client is not null)
        {
            await EnterAsync(OperationPhase.Final).ConfigureAwait(false);
            var reads = new FinalReads(_client, _recorder, _problems, _run.Clock);
            var shown = await reads.RunAsync(_system, _gateway, _options.Checks.Divergence ? _options.Converge : TimeSpan.Zero, cancellationToken)
                .ConfigureAwait(false);
            if (_client.HasRemove)
            {
                await EnterAsync(OperationPhase.CleanUp).ConfigureAwait(false);
                await new CleanUp(_client, _gateway, _recorder, _run.Clock)
                    .RunAsync([.. shown.Where(_run.Names.IsOurs)], cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private async Task AuditAsync(LoadLedger ledger, CancellationToken cancellationToken)
    {
        // Complete before anybody reads it.
        await ledger.DisposeAsync().ConfigureAwait(false);
        _interruption ??= ledger.Failure;
        if (_options.Checks.Audit is not { } audit || _interruption is not null)
        {
            return;
        }

        await EnterAsync(OperationPhase.Final).ConfigureAwait(false);
        _narrator.Say("audit", string.Join(' ', audit.Command));
        var environment = AuditEnvironment.Of(_system, LedgerPath, _options.Seed);
        _audit = await new AuditProcess(audit, environment, _run.Clock.Time).RunAsync(cancellationToken).ConfigureAwait(false);
        await _run.Folder.WriteAsync($"audit-{_run.Number}.txt", string.Concat(_audit.Lines.Select(line => line + "\n")), CancellationToken.None)
            .ConfigureAwait(false);
    }

    private async Task LoadAsync(IScenarioLoad? load, OperationPhase phase, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        var end = _run.Clock.Now + duration;
        using var reporter = new ProgressReporter(
            _run.Clock.Time,
            SilenceLimit,
            () => _narrator.Say("load", $"{phase.ToString().ToLowerInvariant()}, {Quantities.Show(end - _run.Clock.Now)} left"));
        await (load is null
            ? Task.Delay(duration, _run.Clock.Time, cancellationToken)
            : load.RunAsync(phase, _options.Rate, duration, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        var after = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var fault in _injector.Records.Where(fault => fault is { Confirmed: true, Plan.Kind: FaultKind.Kill }))
        {
            foreach (var target in fault.Plan.Targets)
            {
                after[target] = fault.InjectedAt;
            }
        }

        if (await _watch.WaitReadyAsync(after, _options.Settle, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            _interruption = $"not every instance was ready again {Quantities.Show(_options.Settle)} after the load with faults: {missing} (prove.settle sets the time)";
            return;
        }

        // The probe must see the end of a window, too, or its length is not known.
        var deadline = _run.Clock.Now + ProbeReturnLimit;
        while (_probe.Good.InARow < 2 && _run.Clock.Now < deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _run.Clock.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private ScenarioResult Conclude(History history)
    {
        var faults = FaultOutcomes.Complete(_injector.Records, _watch, history);
        _controlFailure ??= _phases.Count == 0 ? null : ControlPhase.WhyUnsound(
            [.. history.Operations.Where(operation => operation.Phase == OperationPhase.Control)], _problems, _client is not null || _ledger is not null);
        _controlFailure ??= ControlPhase.WhyNothingSeen(history, _problems);
        _interruption ??= _run.History.Failure;
        return ScenarioJudge.Conclude(_options, _plan, new ScenarioEvidence(_run.Clock.StartedAt, history, Names(), faults, _faults,
            _watch.Changes, _phases, _run.Clock.Now,
            _controlFailure, _interruption, _problems.Seen is not null) { Audit = _audit });
    }

    private Task EnterAsync(OperationPhase phase)
    {
        _phase.Current = phase;
        var now = _run.Clock.Now;
        _phases.Add(new PhaseStart(phase, now));
        return _narrator.TellAsync(now, "phase", phase.ToString().ToLowerInvariant(), "begins", null);
    }

    private void TellFault(FaultRecord fault)
    {
        var state = fault.UndoneAt is not null ? "undone" : fault.Confirmed ? "confirmed" : "NOT CONFIRMED";
        _ = _narrator.TellAsync(_run.Clock.Now, "fault", fault.Plan.Name, state, fault.UndoneAt is null ? fault.Detail : null);
    }

    private TimeSpan FaultDuration()
    {
        var last = _faults.Count == 0 ? TimeSpan.Zero : _faults.Max(fault => fault.At + fault.For);
        var planned = _options.Duration / _options.TimeScale;
        return planned > last ? planned : last;
    }

    private int SessionCount() => Math.Clamp((int)Math.Ceiling(_options.Rate / 5), 4, 64);

    private IReadOnlyList<string> Names() => [.. _system.Instances.Select(instance => instance.Name)];
}
