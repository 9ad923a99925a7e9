using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Clocks;
using EvenKeel.Proof.Faults;

namespace EvenKeel.Proof.Runs;

/// <summary>Everything that a scenario left to be judged.</summary>
internal sealed record ScenarioEvidence(
    DateTimeOffset StartedAt, History History, IReadOnlyList<string> Instances, IReadOnlyList<FaultRecord> Faults, IReadOnlyList<PlannedFault> Planned,
    IReadOnlyList<InstanceChange> Changes, IReadOnlyList<PhaseStart> Phases, TimeSpan EndedAt,
    string? ControlFailure, string? Interruption, bool Unreadable)
{
    /// <summary>What the audit said, or null when there is none.</summary>
    public AuditStatement? Audit { get; init; }

    /// <summary>The evidence of a scenario that did not begin.</summary>
    public static ScenarioEvidence Nothing(RunClock clock, string interruption) =>
        new(clock.StartedAt, new History([], new ElementTable()), [], [], [], [], [], clock.Now, null, interruption, false);
}
