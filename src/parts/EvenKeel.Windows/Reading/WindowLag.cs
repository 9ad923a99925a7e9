namespace EvenKeel.Windows.Reading;

/// <summary>How far the closing of a stream is behind.</summary>
public sealed record WindowLag
{
    /// <summary>Everything that ended before this moment can be closed: the database's time less the grace.</summary>
    public required DateTime Watermark { get; init; }

    /// <summary>Windows with events that are open, those still running included.</summary>
    public required long Open { get; init; }

    /// <summary>Windows that are open although the watermark has passed their end.</summary>
    public required long Overdue { get; init; }

    /// <summary>How long the oldest of those is overdue; zero when there is none.</summary>
    public required TimeSpan OldestOverdue { get; init; }

    /// <summary>Closed windows that wait to be revised.</summary>
    public required long Marked { get; init; }
}
