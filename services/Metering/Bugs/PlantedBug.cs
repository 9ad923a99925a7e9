using EvenKeel.Windows.Ingest;
using Metering.Aggregation;

namespace Metering.Bugs;

/// <summary>What a planted bug puts in the place of what is right; without one everything is right.</summary>
internal sealed class PlantedBug(BugKind kind)
{
    private const string Times = "event_time >= @start AND event_time < @end";

    /// <summary>A reviser that has not committed has taken the mark away already, although this statement still sees it.</summary>
    private static readonly string MarkOnce = $"""
        INSERT INTO evenkeel_windows.late (stream, partition, start)
        SELECT s.stream, s.partition, s.start
        FROM (SELECT DISTINCT partition, start FROM {IngestFresh}) AS w
        JOIN evenkeel_windows.state s ON s.stream = @stream AND s.partition = w.partition AND s.start = w.start AND s.is_closed
        WHERE NOT EXISTS (SELECT FROM evenkeel_windows.late m WHERE m.stream = s.stream AND m.partition = s.partition AND m.start = s.start)
        RETURNING partition, start
        """;

    private const string IngestFresh = "fresh";

    /// <summary>What marks closed windows.</summary>
    public string Mark => kind == BugKind.MarkOnce ? MarkOnce : WindowEntry.MarkOf(IngestFresh);

    /// <summary>What computes the result of a window.</summary>
    public string Aggregate => kind switch
    {
        BugKind.Counters => CounterBug.Aggregate,
        BugKind.Inclusive => UsageWindows.AggregateOf("event_time >= @start AND event_time <= @end"),
        BugKind.Cursor => UsageWindows.AggregateOf($"{Times} AND metering.bug_advance() AND metering.bug_has_seen(number)"),
        _ => UsageWindows.Aggregate,
    };

    /// <summary>What the database needs for it, or null. It stays there: a bug is planted into a database that does not matter.</summary>
    public string? Schema => kind switch
    {
        BugKind.Counters => CounterBug.Schema,
        BugKind.Cursor => CursorBug.Schema,
        _ => null,
    };
}
