using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Faults;

namespace EvenKeel.Proof.Runs;

/// <summary>Everything that a scenario left to be judged.</summary>
internal sealed record ScenarioEvidence(
    DateTimeOffset StartedAt, History History, IReadOnlyList<string> Instances, IReadOnlyList<FaultRecord> Faults, IReadOnlyList<PlannedFault> Planned,
    IReadOnlyList<InstanceChange> Changes, IReadOnlyList<PhaseStart> Phases, TimeSpan EndedAt,
    string? ControlFailure, string? Interruption, bool Unreadable);
