namespace EvenKeel.Consistency.Checks;

/// <summary>What is checked, and by which limits.</summary>
public sealed record CheckSettings
{
    /// <summary>Look for <see cref="CheckNames.LostWrites"/>.</summary>
    public bool LostWrites { get; init; } = true;

    /// <summary>Look for <see cref="CheckNames.StaleReads"/>, and for <see cref="CheckNames.MonotonicReads"/>.</summary>
    public bool StaleReads { get; init; } = true;

    /// <summary>Look for <see cref="CheckNames.ReadYourWrites"/>.</summary>
    public bool ReadYourWrites { get; init; } = true;

    /// <summary>Look for <see cref="CheckNames.Duplicates"/>.</summary>
    public bool Duplicates { get; init; } = true;

    /// <summary>Look for <see cref="CheckNames.Divergence"/>.</summary>
    public bool Divergence { get; init; } = true;

    /// <summary>What the audit said, for <see cref="CheckNames.Audit"/>; null when there is none.</summary>
    public AuditStatement? Audit { get; init; }

    /// <summary>Look for <see cref="CheckNames.FailedReads"/>.</summary>
    public bool FailedReads { get; init; }

    /// <summary>The longest downtime allowed in one window, or null when downtime is only measured.</summary>
    public TimeSpan? MaxDowntime { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// The largest allowed ratio of the busiest instance's share to an equal share in the control phase, or null when balance is only
    /// measured.
    /// </summary>
    public double? MaxImbalance { get; init; }

    /// <summary>The names of all instances that should be there; empty when unknown.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];

    /// <summary>The faults as observed.</summary>
    public IReadOnlyList<FaultInterval> Faults { get; init; } = [];

    /// <summary>Time between two probes, which is the resolution of <see cref="CheckNames.Downtime"/>.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Consecutive bad probes that open a window. At least 1.</summary>
    public int ProbesToOpen { get; init; } = 2;

    /// <summary>Consecutive good probes that close a window. At least 1.</summary>
    public int ProbesToClose { get; init; } = 2;

    /// <summary>The most findings that one check lists; all are counted. At least 1.</summary>
    public int MaxFindings { get; init; } = 20;

    /// <summary>These settings with every check of <see cref="CheckSubject.Data"/> off, for a proof that only measures availability.</summary>
    public CheckSettings OfServiceAlone() => this with
    {
        LostWrites = false,
        StaleReads = false,
        ReadYourWrites = false,
        Duplicates = false,
        Divergence = false,
    };
}
