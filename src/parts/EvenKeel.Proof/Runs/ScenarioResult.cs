using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Faults;

namespace EvenKeel.Proof.Runs;

/// <summary>What one scenario brought. All times are counted from the start of the scenario and are not scaled.</summary>
public sealed record ScenarioResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The verdict and why.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>What each check found.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Every operation.</summary>
    public required History History { get; init; }

    /// <summary>The names of the instances of the attacked service.</summary>
    public required IReadOnlyList<string> Instances { get; init; }

    /// <summary>What became of the faults.</summary>
    public required IReadOnlyList<FaultRecord> Faults { get; init; }

    /// <summary>The faults that were planned, injected or not.</summary>
    public required IReadOnlyList<PlannedFault> Planned { get; init; }

    /// <summary>State changes of the instances.</summary>
    public required IReadOnlyList<InstanceChange> Changes { get; init; }

    /// <summary>When each part began, in order.</summary>
    public required IReadOnlyList<PhaseStart> Phases { get; init; }

    /// <summary>When the scenario ended.</summary>
    public required TimeSpan EndedAt { get; init; }

    /// <summary>Response times by group.</summary>
    public required IReadOnlyList<LatencyFigures> Latencies { get; init; }

    /// <summary>The driver's own lateness at the 99th percentile.</summary>
    public required TimeSpan DriverLag { get; init; }

    /// <summary>Why the load went wrong without faults already, or null.</summary>
    public string? ControlFailure { get; init; }

    /// <summary>Why the scenario did not reach its end, or null.</summary>
    public string? Interruption { get; init; }

    /// <summary>For a measurement of simultaneous kills, how many; else 0.</summary>
    public int SimultaneousKills { get; init; }

    /// <summary>What the replacement time predicts of the downtime, or null when no kill was seen to be replaced.</summary>
    public ExpectedDowntime? Expected { get; init; }

    /// <summary>True when it was sound but no check in it could have failed: it says how long something took, not that it is right.</summary>
    public bool OnlyMeasured => Judgement.Verdict == Verdict.Pass && !Checks.Any(check => check is { Status: CheckStatus.Passed, Examined: > 0 });

    /// <summary>The windows without service, or null when the check did not run.</summary>
    public DowntimeResult? Downtime => Checks.OfType<DowntimeResult>().FirstOrDefault();

    /// <summary>The shares of the instances, or null when the check did not run.</summary>
    public BalanceResult? Balance => Checks.OfType<BalanceResult>().FirstOrDefault();

    /// <summary>How many operations there were, clean-up left out.</summary>
    public int OperationCount => History.Operations.Count(operation => operation.Phase != OperationPhase.CleanUp);

    /// <summary>How many operations had an outcome, clean-up left out.</summary>
    public int Count(OperationOutcome outcome) =>
        History.Operations.Count(operation => operation.Outcome == outcome && operation.Phase != OperationPhase.CleanUp);
}
