using System.Globalization;
using EvenKeel.Windows.Options;

namespace EvenKeel.Windows.Schema;

/// <summary>
/// The barrier between those who take events into a window and the one who closes it: an advisory lock for each window, shared by the
/// former, exclusive for the latter, that lasts as long as its transaction. It stops the loss of an event whose transaction began before
/// the close and committed after the close had read. The windows of one start share sixteen barriers, and a start shares those of every thirty-second
/// one, so that a transaction with events of any number of partitions and of any stretch of time holds at most 512 locks: the server's table of
/// locks is small, and where it is full everybody fails. Sharing one costs a wait and no more.
/// </summary>
internal static class WindowBarrier
{
    /// <summary>A statement that takes the barriers of <c>@partitions</c> and <c>@starts</c>, all in one order so that nobody can deadlock.</summary>
    /// <param name="function">Which of the functions that take advisory locks.</param>
    /// <param name="options">The stream.</param>
    public static string TakenBy(string function, WindowOptions options) => $"""
        SELECT {function}(barrier.key)
        FROM (SELECT DISTINCT {KeyOf("@stream", "w.partition", "w.start", (long)options.Length.TotalSeconds)} AS key
              FROM unnest(@partitions, @starts) AS w(partition, start) ORDER BY 1) AS barrier
        """;

    /// <summary>Which of the barriers of a start a partition has, 0 to 15, as an SQL expression.</summary>
    public static string PlaceOf(string partition) => $"(hashtextextended({partition}, 7301) & 15)";

    // Of the 64 bits the nine low ones are the place and the number of the start, the others the stream: small numbers are what others lock by.
    private static string KeyOf(string stream, string partition, string start, long seconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"(hashtextextended('evenkeel_windows/' || {stream}, 7301) & -512) | "
        + $"(((extract(epoch FROM {start})::bigint / {seconds} * 16) | {PlaceOf(partition)}) & 511)");
}
