using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Faults;
using EvenKeel.Proof.Report.Model;
using ReportCondition = EvenKeel.Proof.Report.Model.InstanceCondition;
using SystemCondition = EvenKeel.Proof.Systems.InstanceCondition;

namespace EvenKeel.Proof.Runs;

/// <summary>Gives the report what it shows of a result.</summary>
internal static class ReportBinder
{
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["result.json"] = "the verdict and what it rests on, for programs",
        ["history.jsonl"] = "every operation",
        ["events.jsonl"] = "phases, faults and states of instances",
        ["config.resolved.yaml"] = "the configuration as it was read",
        ["repro.txt"] = "the command that runs it again",
    };

    private static readonly (string Path, string Meaning)[] Folders =
    [
        ("ledger-", "what was sent and answered, for the audit"),
        ("audit-", "what the audit wrote"),
        ("logs/", "the output of an instance"),
    ];

    public static ReportModel Bind(ProofResult result, ProofSetup setup) => new()
    {
        Title = setup.ClusterName,
        Judgement = new Judgement(result.Verdict, result.Sentence[(result.Sentence.IndexOf(": ", StringComparison.Ordinal) + 2)..]),
        Command = setup.ReproCommand,
        Seed = result.Seed,
        StartedAt = result.StartedAt,
        Duration = result.Elapsed,
        TimeScale = result.TimeScale,
        Environment = [.. setup.Environment.Select(fact => new Fact(fact.Key, fact.Value))],
        Scenarios = [.. result.Scenarios.Select(Scenario)],
        Notes = [.. Notes(result)],
        NotExercised = [.. NotExercised(result)],
        Incomplete = result.Scenarios.Select(scenario => scenario.Interruption).FirstOrDefault(interruption => interruption is not null)
            ?? (result.ExitCode == 130 ? "it was interrupted" : null),
        Configuration = setup.ResolvedConfiguration,
        Files = [.. Directory.EnumerateFiles(result.Folder.FullPath, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => File(result, file))],
    };

    private static RunFile File(ProofResult result, string path)
    {
        var name = Path.GetRelativePath(result.Folder.FullPath, path).Replace('\\', '/');
        return new RunFile(
            name,
            Meanings.GetValueOrDefault(name, Folders.FirstOrDefault(folder => name.StartsWith(folder.Path, StringComparison.Ordinal)).Meaning ?? ""),
            new FileInfo(path).Length);
    }

    private static ScenarioReport Scenario(ScenarioResult scenario) => new()
    {
        Name = scenario.Name,
        Judgement = scenario.Judgement,
        History = scenario.History,
        Checks = scenario.Checks,
        Phases = [.. scenario.Phases.Select((phase, index) => new PhaseSpan(
            phase.Phase.ToString().ToLowerInvariant(), phase.At, index + 1 < scenario.Phases.Count ? scenario.Phases[index + 1].At : scenario.EndedAt))],
        Instances =
        [
            .. scenario.Instances.Concat(scenario.Planned.SelectMany(fault => fault.Targets)).Distinct()
                .Select(instance => new InstanceTimeline(instance, Spans(scenario, instance))),
        ],
        Faults = [.. scenario.Planned.SelectMany(plan => plan.Targets.Select(target => Fault(scenario, plan, target)))],
    };

    private static List<ConditionSpan> Spans(ScenarioResult scenario, string instance)
    {
        var changes = scenario.Changes.Where(change => change.Instance == instance).ToList();
        return [.. changes.Select((change, index) => new ConditionSpan(
            Condition(change.State), change.At, index + 1 < changes.Count ? changes[index + 1].At : scenario.EndedAt))];
    }

    private static FaultReport Fault(ScenarioResult scenario, PlannedFault plan, string target)
    {
        var record = scenario.Faults.FirstOrDefault(fault => fault.Plan.Number == plan.Number);
        var seen = record?.Confirmations.FirstOrDefault(confirmation => confirmation.Instance == target);
        var changes = scenario.Changes.Where(change => change.Instance == target && record is not null && change.At >= record.InjectedAt).ToList();
        var start = scenario.Phases.FirstOrDefault(phase => phase.Phase == OperationPhase.Faults)?.At ?? TimeSpan.Zero;
        return new FaultReport
        {
            Kind = plan.Kind.ToString().ToLowerInvariant(),
            Target = target,
            PlannedAt = start + plan.At,
            ConfirmedAt = seen is { Confirmed: true } ? record!.ConfirmedAt ?? record.InjectedAt : null,
            RevertedAt = record?.UndoneAt ?? changes.FirstOrDefault(change => plan.For == TimeSpan.Zero && change.State == SystemCondition.Starting)?.At,
            DetectedAt = changes.FirstOrDefault(change => change.State is SystemCondition.Down or SystemCondition.Unready)?.At,
            RecoveredAt = changes.FirstOrDefault(change => change.State == SystemCondition.Ready)?.At,
            Problem = record is null ? "it was never injected" : seen is { Confirmed: true } ? null : seen?.Detail ?? "the system said nothing about it",
        };
    }

    private static IEnumerable<string> Notes(ProofResult result)
    {
        if (result.TimeScale != 1)
        {
            yield return $"Everything ran {result.TimeScale:0.##} times faster than real: multiply measured times by {result.TimeScale:0.##} for real time. Probe and health check intervals were not scaled.";
        }

        foreach (var scenario in result.Scenarios)
        {
            if (scenario.Expected is { } expected)
            {
                yield return $"{scenario.Name}: a replacement took {ProofText.Scaled(expected.Replacement, result.TimeScale)}, the kills were {ProofText.Scaled(expected.Gap, result.TimeScale)} apart; "
                    + $"max(0, replacement - gap) while no instance is left gives a downtime of {ProofText.Scaled(expected.Downtime, result.TimeScale)}"
                    + (scenario.Downtime is { } downtime ? $", measured were {ProofText.Scaled(downtime.Total, result.TimeScale)}." : ".");
            }
        }

        if (result.SimultaneousKills.Count > 0 && KillsMeasurement.SurvivedUpTo(result.SimultaneousKills) is { } survived)
        {
            var instances = Quantities.Show(result.SimultaneousKills[0].Instances, "instance");
            yield return $"The service survives {Quantities.Show(survived, "simultaneous kill")} of {instances}.";
        }
    }

    private static IEnumerable<string> NotExercised(ProofResult result)
    {
        if (result.Scenarios.All(scenario => scenario.Planned.Count == 0))
        {
            yield return "No fault was planned: this says how the service behaves while nothing goes wrong.";
        }

        if (result.Scenarios.All(scenario => scenario.History.Operations.All(operation => operation.Kind == OperationKind.Probe)))
        {
            yield return "No workload was given: only availability was looked at, not what the replies say.";
        }

        yield return "Faults of the network, the disk and the clock.";
    }

    private static ReportCondition Condition(SystemCondition state) => state switch
    {
        SystemCondition.Starting => ReportCondition.Starting,
        SystemCondition.Ready => ReportCondition.Ready,
        SystemCondition.Unready => ReportCondition.NotReady,
        SystemCondition.Paused => ReportCondition.Paused,
        SystemCondition.Down => ReportCondition.Down,
        _ => ReportCondition.Unknown,
    };
}
