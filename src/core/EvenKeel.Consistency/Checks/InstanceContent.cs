namespace EvenKeel.Consistency.Checks;

/// <summary>What the last direct read of an instance showed.</summary>
public sealed record InstanceContent
{
    /// <summary>Its name.</summary>
    public required string Instance { get; init; }

    /// <summary>The index of the read, or null when no direct read of it was answered.</summary>
    public int? Read { get; init; }

    /// <summary>How many elements it showed.</summary>
    public int Count { get; init; }

    /// <summary>How many elements it lacks that another instance shows.</summary>
    public int MissingCount { get; init; }

    /// <summary>The first of those, by value or id; at most <see cref="CheckSettings.MaxFindings"/>.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}
