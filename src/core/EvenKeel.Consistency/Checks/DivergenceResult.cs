namespace EvenKeel.Consistency.Checks;

/// <summary>The result of <see cref="CheckNames.Divergence"/>.</summary>
public sealed record DivergenceResult : CheckResult
{
    /// <summary>The instances by name.</summary>
    public IReadOnlyList<InstanceContent> Instances { get; init; } = [];

    /// <summary>From the first direct read until all instances agreed and went on to; null for never.</summary>
    public TimeSpan? AgreedAfter { get; init; }

    /// <summary>How many elements are on some instances but not on all.</summary>
    public int DifferingElements { get; init; }
}
