namespace EvenKeel.Consistency.Checks;

/// <summary>The stable names of the checks.</summary>
public static class CheckNames
{
    /// <summary>No acknowledged element is missing at the end.</summary>
    public const string LostWrites = "lost-writes";

    /// <summary>No read misses what was known before it began.</summary>
    public const string StaleReads = "stale-reads";

    /// <summary>A session sees what it added itself.</summary>
    public const string ReadYourWrites = "read-your-writes";

    /// <summary>A session keeps seeing what it has seen.</summary>
    public const string MonotonicReads = "monotonic-reads";

    /// <summary>No element is there twice.</summary>
    public const string Duplicates = "duplicates";

    /// <summary>All instances show the same elements.</summary>
    public const string Divergence = "divergence";

    /// <summary>A program of the user compared what was acknowledged with what the service has.</summary>
    public const string Audit = "audit";

    /// <summary>No window without service longer than allowed.</summary>
    public const string Downtime = "downtime";

    /// <summary>Instances get equal shares.</summary>
    public const string Balance = "balance";

    /// <summary>No idempotent request fails.</summary>
    public const string FailedReads = "failed-reads";
}
