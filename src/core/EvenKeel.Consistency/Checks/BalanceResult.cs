namespace EvenKeel.Consistency.Checks;

/// <summary>The result of <see cref="CheckNames.Balance"/>.</summary>
public sealed record BalanceResult : CheckResult
{
    /// <summary>The instances by name.</summary>
    public IReadOnlyList<InstanceShare> Shares { get; init; } = [];

    /// <summary>The busiest instance's share over an equal share; 1 is even. 0 when nothing was answered.</summary>
    public double MaxOverMean { get; init; }
}
