namespace EvenKeel.Configuration.Model;

/// <summary>What must hold. Each check can be switched off, which the report says.</summary>
public sealed record CheckOptions
{
    /// <summary>All instances show the same elements once settled.</summary>
    public bool Divergence { get; init; } = true;

    /// <summary>No acknowledged element is missing at the end.</summary>
    public bool LostWrites { get; init; } = true;

    /// <summary>A session sees what it added itself.</summary>
    public bool ReadYourWrites { get; init; } = true;

    /// <summary>No read misses an element that was acknowledged, or seen, before the read began.</summary>
    public bool StaleReads { get; init; } = true;

    /// <summary>No element appears twice, and none was applied twice.</summary>
    public bool Duplicates { get; init; } = true;

    /// <summary>What compares what was acknowledged with what the service has, or null. Default null.</summary>
    public AuditOptions? Audit { get; init; }

    /// <summary>No idempotent request fails.</summary>
    public bool FailedReads { get; init; }

    /// <summary>The longest downtime allowed in one window, or null when downtime is only measured. Default 0.</summary>
    public TimeSpan? MaxDowntime { get; init; } = TimeSpan.Zero;

    /// <summary>The largest allowed ratio between the busiest instance's share and an equal share in the control phase, or null. Default null.</summary>
    public double? MaxImbalance { get; init; }
}
