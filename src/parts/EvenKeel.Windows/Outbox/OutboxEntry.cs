namespace EvenKeel.Windows.Outbox;

/// <summary>One change of one result. Delivered at least once; window, key and revision together name it, so that a reader can tell copies.</summary>
public sealed record OutboxEntry
{
    /// <summary>Where to go on after this entry.</summary>
    public required OutboxCursor Cursor { get; init; }

    /// <summary>The window.</summary>
    public required WindowKey Window { get; init; }

    /// <summary>The key of the result.</summary>
    public required string Key { get; init; }

    /// <summary>1 for the close, more for a revision.</summary>
    public required int Revision { get; init; }

    /// <summary>The result before, as JSON; null when there was none.</summary>
    public required string? Old { get; init; }

    /// <summary>The result now, as JSON; null when its events are gone.</summary>
    public required string? New { get; init; }
}
