namespace EvenKeel.Configuration.Model;

/// <summary>A named set of faults, run on a fresh cluster.</summary>
public sealed record ScenarioOptions
{
    /// <summary>What the report calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Its faults.</summary>
    public required IReadOnlyList<FaultOptions> Faults { get; init; }

    /// <summary>The longest downtime that it may have, or null for the limit of <see cref="CheckOptions"/>.</summary>
    public TimeSpan? MaxDowntime { get; init; }

    /// <summary>True when the scenario's downtime is measured and shown but not judged.</summary>
    public bool MeasureOnly { get; init; }
}
