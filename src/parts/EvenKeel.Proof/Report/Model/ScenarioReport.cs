using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;

namespace EvenKeel.Proof.Report.Model;

/// <summary>One scenario on one fresh cluster. All times count from the start of its own history.</summary>
public sealed record ScenarioReport
{
    /// <summary>Its name; shown when there are several.</summary>
    public required string Name { get; init; }

    /// <summary>Its verdict, and why.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>The operations.</summary>
    public required History History { get; init; }

    /// <summary>What the checks found, in the order to show.</summary>
    public IReadOnlyList<CheckResult> Checks { get; init; } = [];

    /// <summary>Its phases in order.</summary>
    public IReadOnlyList<PhaseSpan> Phases { get; init; } = [];

    /// <summary>What each instance did over time, in the order to show.</summary>
    public IReadOnlyList<InstanceTimeline> Instances { get; init; } = [];

    /// <summary>Its faults in the order of their planned times.</summary>
    public IReadOnlyList<FaultReport> Faults { get; init; } = [];

    /// <summary>Rules about this scenario.</summary>
    public IReadOnlyList<ThresholdReport> Thresholds { get; init; } = [];
}
