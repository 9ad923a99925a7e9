namespace EvenKeel.Proof.Report.Model;

/// <summary>One fault on one instance: planned, and what was seen of it. Times count from the start of the history.</summary>
public sealed record FaultReport
{
    /// <summary>What was done: <c>kill</c> or <c>pause</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>To which instance.</summary>
    public required string Target { get; init; }

    /// <summary>When the plan wanted it.</summary>
    public required TimeSpan PlannedAt { get; init; }

    /// <summary>When it was seen to have taken effect, or null when it was not.</summary>
    public TimeSpan? ConfirmedAt { get; init; }

    /// <summary>When it was undone (a pause continued, a killed process started again), or null when it was not.</summary>
    public TimeSpan? RevertedAt { get; init; }

    /// <summary>When anything first noticed it (the instance was taken out of the gateway), or null when not known.</summary>
    public TimeSpan? DetectedAt { get; init; }

    /// <summary>When the instance was ready again, or null when it never was.</summary>
    public TimeSpan? RecoveredAt { get; init; }

    /// <summary>Why it could not be confirmed or undone, or null.</summary>
    public string? Problem { get; init; }
}
