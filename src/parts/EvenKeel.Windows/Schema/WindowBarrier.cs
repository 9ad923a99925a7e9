namespace EvenKeel.Windows.Schema;

/// <summary>
/// The barrier between those who take events into a window and the one who closes it: an advisory lock for each window, shared by the
/// former, exclusive for the latter, that lasts as long as its transaction. It stops the loss of an event whose transaction began before
/// the close and committed after the close had read. The windows of one start share sixteen barriers, so that a transaction with events of any
/// number of partitions holds few locks: the server's table of locks is small. Sharing one costs a wait and no more.
/// </summary>
internal static class WindowBarrier
{
    /// <summary>A statement that takes the barriers of <c>@partitions</c> and <c>@starts</c>, all in one order so that nobody can deadlock.</summary>
    /// <param name="function">Which of the functions that take advisory locks.</param>
    public static string TakenBy(string function) => $"""
        SELECT {function}(barrier.key)
        FROM (SELECT DISTINCT {KeyOf("@stream", "w.partition", "w.start")} AS key
              FROM unnest(@partitions, @starts) AS w(partition, start) ORDER BY 1) AS barrier
        """;

    /// <summary>Which of the barriers of a start a partition has, 0 to 15, as an SQL expression.</summary>
    public static string PlaceOf(string partition) => $"(hashtextextended({partition}, 7301) & 15)";

    private static string KeyOf(string stream, string partition, string start)
        => $"hashtextextended({stream} || '/' || {PlaceOf(partition)}::text || '/' || extract(epoch FROM {start})::text, 7301)";
}
