namespace EvenKeel.Consistency.Checks;

/// <summary>One thing that must not be, in plain words, with the operations that show it.</summary>
public sealed record Finding
{
    /// <summary>A plain sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Indexes of the operations that show it, in the order to tell it.</summary>
    public IReadOnlyList<int> Operations { get; init; } = [];

    /// <summary>When it showed, from the start of the run.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The element it is about, by value or id, or null.</summary>
    public string? Element { get; init; }

    /// <summary>The instances involved, as far as the replies named them.</summary>
    public IReadOnlyList<string> Instances { get; init; } = [];
}
