namespace EvenKeel.Configuration.Model;

/// <summary>A fault, its targets and its time.</summary>
public sealed record FaultOptions
{
    /// <summary>What is done.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>The instances by name, such as <c>web-2</c>; empty when <see cref="Count"/> are drawn by the seed.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>How many instances are drawn when no target is named.</summary>
    public int Count { get; init; }

    /// <summary>When, counted from the start of the load with faults.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>How much later than <see cref="At"/> it may begin; the seed draws. Default 0.</summary>
    public TimeSpan Within { get; init; }

    /// <summary>How long a pause lasts; ignored for kills.</summary>
    public TimeSpan For { get; init; }
}
