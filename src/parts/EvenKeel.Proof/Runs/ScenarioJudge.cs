using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;

namespace EvenKeel.Proof.Runs;

/// <summary>Runs the checks over what a scenario left and decides on the verdict.</summary>
internal static class ScenarioJudge
{
    public static ScenarioResult Conclude(ProveOptions options, ScenarioPlan plan, ScenarioEvidence left)
    {
        // Replies that could not be understood show nothing about elements; checks over them would accuse the service of the file's mistake.
        var misread = left.Unreadable || ControlPhase.WhyNothingSeen(left.History, new()) is not null;
        var checks = ConsistencyChecks.Run(left.History, Settings(options, plan, left, withData: options.Workload is not null && !misread));
        var operations = left.History.Operations.Count(operation => operation.Phase != OperationPhase.CleanUp);
        var judgement = Judge.Decide(new Evidence
        {
            Checks = checks,
            Operations = operations,
            FaultsPlanned = left.Planned.Count,
            FaultsConfirmed = left.Faults.Count(fault => fault.Confirmed),
            ControlFailure = left.ControlFailure,
            Interruption = left.Interruption,
            MeasureOnly = plan.MaxDowntime is null,
        });
        return new ScenarioResult
        {
            Name = plan.Name,
            StartedAt = left.StartedAt,
            Judgement = judgement,
            Checks = checks,
            History = left.History,
            Instances = left.Instances,
            Faults = left.Faults,
            Planned = left.Planned,
            Changes = left.Changes,
            Phases = left.Phases,
            EndedAt = left.EndedAt,
            Latencies = LatencyFigures.Of(left.History),
            DriverLag = LatencyFigures.DriverLag(left.History),
            ControlFailure = left.ControlFailure,
            Interruption = left.Interruption,
            SimultaneousKills = plan.SimultaneousKills,
            Expected = ExpectedDowntime.Of(left.Faults, left.Instances),
        };
    }

    private static CheckSettings Settings(ProveOptions options, ScenarioPlan plan, ScenarioEvidence left, bool withData)
    {
        var wanted = options.Checks;
        return new CheckSettings
        {
            LostWrites = withData && wanted.LostWrites,
            StaleReads = withData && wanted.StaleReads,
            ReadYourWrites = withData && wanted.ReadYourWrites,
            Duplicates = withData && wanted.Duplicates,
            Divergence = withData && wanted.Divergence,
            Audit = wanted.Audit is null ? null : left.Audit ?? new AuditStatement(null, [], "the run ended before it"),
            FailedReads = wanted.FailedReads,
            MaxDowntime = plan.MaxDowntime / options.TimeScale,
            MaxImbalance = wanted.MaxImbalance,
            Instances = left.Instances,
            Faults = [.. left.Faults.Select(fault => new FaultInterval(fault.Plan.Name, fault.InjectedAt, fault.RecoveredAt ?? fault.UndoneAt))],
            ProbeInterval = options.Probe?.Interval ?? new ProbeOptions().Interval,
        };
    }
}
