namespace EvenKeel.Consistency.Checks;

/// <summary>What a check found out.</summary>
public record CheckResult
{
    /// <summary>Its stable name, in the words of the file: <c>lost-writes</c>, <c>stale-reads</c> and so on.</summary>
    public required string Name { get; init; }

    /// <summary>How it ended.</summary>
    public required CheckStatus Status { get; init; }

    /// <summary>What it speaks about.</summary>
    public required CheckSubject Subject { get; init; }

    /// <summary>One plain sentence with the result.</summary>
    public required string Summary { get; init; }

    /// <summary>One sentence that says what to do about it; null when nothing needs doing.</summary>
    public string? Advice { get; init; }

    /// <summary>How many operations it examined.</summary>
    public required int Examined { get; init; }

    /// <summary>The findings, the most telling first; at most <see cref="CheckSettings.MaxFindings"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How many findings there are, listed or not.</summary>
    public int FindingCount { get; init; }

    /// <summary>The numbers it measured.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];
}
