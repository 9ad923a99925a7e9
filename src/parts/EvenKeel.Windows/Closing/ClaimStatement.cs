using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;

namespace EvenKeel.Windows.Closing;

/// <summary>Finds windows that are due, and claims them: the claim raises the fence of each.</summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
/// <param name="holder">Who claims.</param>
internal sealed class ClaimStatement(NpgsqlDataSource database, WindowOptions options, string holder)
{
    private const string IsDue = """
        s.stream = @stream AND NOT s.is_closed AND s.closes_at <= clock_timestamp() AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp())
        """;

    // Of the windows of one moment a transaction takes those that share barriers, and each closer begins behind another barrier: two closers seldom
    // meet, and seldom wait for each other's barriers.
    private static readonly string Due = $"""
        SELECT s.partition, s.start FROM evenkeel_windows.state s WHERE {IsDue}
        ORDER BY s.closes_at, ({WindowBarrier.PlaceOf("s.partition")} + {WindowBarrier.PlaceOf("@holder")}) & 15 LIMIT @most
        """;

    private static readonly string Any = Due + " FOR UPDATE SKIP LOCKED";

    // One look at the primary key for each. As a join, and with conditions that the index of open windows has, the server would compare each of these
    // windows with each that is open: it plans for as few as there were when it first saw the statement.
    private const string Named = $"""
        SELECT one.partition, one.start FROM unnest(@partitions, @starts) AS w(partition, start)
        CROSS JOIN LATERAL (
            SELECT s.partition, s.start FROM evenkeel_windows.state s
            WHERE s.stream = @stream AND s.partition = w.partition AND s.start = w.start AND CASE WHEN s.is_closed THEN false ELSE {IsDue} END
            LIMIT 1 FOR UPDATE SKIP LOCKED) AS one
        """;

    /// <summary>Windows that are due, the oldest first.</summary>
    public async Task<List<WindowKey>> FindAsync(int most, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(Due);
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("holder", holder);
        command.Parameters.AddWithValue("most", most);
        var due = new List<WindowKey>();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            due.Add(new WindowKey(reader.GetString(0), reader.GetDateTime(1)));
        }

        return due;
    }

    /// <summary>Claims the oldest windows that are due.</summary>
    public Task<List<ClaimedWindow>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand command = WindowParameters.Many(Claim(Any), options, []);
        command.Parameters.AddWithValue("most", most);
        return ClaimAsync(command, cancellationToken);
    }

    /// <summary>Claims those of some windows that are due still.</summary>
    public Task<List<ClaimedWindow>> ClaimAsync(IEnumerable<WindowKey> windows, CancellationToken cancellationToken) =>
        ClaimAsync(WindowParameters.Many(Claim(Named), options, windows), cancellationToken);

    private static string Claim(string due) => $"""
        UPDATE evenkeel_windows.state s SET fence = s.fence + 1, holder = @holder, lease_until = clock_timestamp() + @lease
        FROM ({due}) due WHERE s.stream = @stream AND s.partition = due.partition AND s.start = due.start
        RETURNING s.partition, s.start, s.fence
        """;

    private async Task<List<ClaimedWindow>> ClaimAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        command.Parameters.AddWithValue("holder", holder);
        command.Parameters.AddWithValue("lease", options.Lease);
        await using NpgsqlBatch batch = database.CreateBatch();
        batch.BatchCommands.Add(command);
        var claimed = new List<ClaimedWindow>();
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            claimed.Add(new ClaimedWindow(new WindowKey(reader.GetString(0), reader.GetDateTime(1)), reader.GetInt64(2)));
        }

        claimed.Sort(static (a, b) => WindowKey.EntryOrder.Compare(a.Key, b.Key));
        return claimed;
    }
}
