using EvenKeel.Windows.Metrics;
using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Closing;

/// <summary>
/// Closes the windows whose time has come, all of them, however long nobody did. Any number of closers may run on any number of machines:
/// <list type="number">
/// <item>Claim: an open window past its grace whose claim, if any, has run out. The claim raises the window's fence.</item>
/// <item>Barrier: wait until every transaction that put events into the window has ended; later ones wait for this one.</item>
/// <item>Fence: mark the window closed, if it is open and the fence is still ours. Else nothing is stored.</item>
/// <item>Results: revision 1 from the raw events, and the outbox entry of each.</item>
/// </list>
/// 2 to 4 are one transaction. The clock is the database's: the clocks of the closers do not matter.
/// </summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
/// <param name="holder">Who claims, for people who look at the table.</param>
/// <param name="gate">Saves work, or null.</param>
/// <param name="metrics">Told of what happened, or null.</param>
public sealed class WindowCloser(
    NpgsqlDataSource database, WindowOptions options, string holder, IWindowGate? gate = null, WindowMetrics? metrics = null)
{
    private const string Due = """
        SELECT partition, start FROM evenkeel_windows.state
        WHERE stream = @stream AND NOT is_closed AND closes_at <= clock_timestamp() AND (lease_until IS NULL OR lease_until <= clock_timestamp())
        """;

    private const string Claim = $"""
        UPDATE evenkeel_windows.state s SET fence = s.fence + 1, holder = @holder, lease_until = clock_timestamp() + @lease
        FROM ({Due} AND (@partition IS NULL OR (partition = @partition AND start = @start))
              ORDER BY closes_at LIMIT @batch FOR UPDATE SKIP LOCKED) due
        WHERE s.stream = @stream AND s.partition = due.partition AND s.start = due.start
        RETURNING s.partition, s.start, s.fence
        """;

    private const string Fence = """
        UPDATE evenkeel_windows.state
        SET is_closed = true, revision = 1, closed_at = clock_timestamp(), lease_until = NULL
        WHERE stream = @stream AND partition = @partition AND start = @start AND NOT is_closed AND fence = @fence
        RETURNING extract(epoch FROM closed_at - closes_at)::float8
        """;

    private readonly string _barrier = $"SELECT pg_advisory_xact_lock({WindowBarrier.KeyOf("@stream", "@partition", "@start")})";

    private readonly string _results = $"""
        WITH fresh AS ({options.Aggregate}),
        stored AS (
            INSERT INTO evenkeel_windows.revision (stream, partition, start, key, revision, fence, result)
            SELECT @stream, @partition, @start, key, 1, @fence, result FROM fresh RETURNING key, result)
        INSERT INTO evenkeel_windows.outbox (stream, partition, start, key, revision, new)
        SELECT @stream, @partition, @start, key, 1, result FROM stored
        """;

    /// <summary>Closes what is due, up to <see cref="WindowOptions.Batch"/> windows.</summary>
    /// <returns>How many windows were closed; 0 means that nothing was left to do for this closer.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        int closed = 0;
        if (gate is null)
        {
            foreach (ClaimedWindow window in await ClaimAsync(cancellationToken).ConfigureAwait(false))
            {
                closed += await CloseAsync(window, cancellationToken).ConfigureAwait(false) == CloseOutcome.Closed ? 1 : 0;
            }

            return closed;
        }

        foreach (WindowKey window in await DueAsync(cancellationToken).ConfigureAwait(false))
        {
            closed += await CloseGatedAsync(gate, window, cancellationToken).ConfigureAwait(false) == CloseOutcome.Closed ? 1 : 0;
        }

        return closed;
    }

    /// <summary>Claims windows that are due, the oldest first; nobody else gets them until the lease has run out.</summary>
    public Task<IReadOnlyList<ClaimedWindow>> ClaimAsync(CancellationToken cancellationToken) => ClaimAsync(null, cancellationToken);

    /// <summary>Closes a claimed window.</summary>
    public async Task<CloseOutcome> CloseAsync(ClaimedWindow window, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new(_barrier), new(Fence) } })
        {
            WindowParameters.Add(batch, options, window.Key, window.Fence);
            if (await ReadDelayAsync(batch, cancellationToken).ConfigureAwait(false) is not { } delay)
            {
                metrics?.FencedOff(options.Stream);
                return CloseOutcome.FencedOff;
            }

            metrics?.Delay(options.Stream, delay);
        }

        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { new(_results) } })
        {
            WindowParameters.Add(batch, options, window.Key, window.Fence);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        metrics?.Closed(options.Stream);
        return CloseOutcome.Closed;
    }

    // Without a claim of its own whoever passes the gate would be refused: the gate comes first, then the claim of this one window.
    private async Task<CloseOutcome> CloseGatedAsync(IWindowGate gate, WindowKey window, CancellationToken cancellationToken)
    {
        await using IAsyncDisposable? pass = await gate.TryEnterAsync(window, cancellationToken).ConfigureAwait(false);
        if (pass is null)
        {
            metrics?.Skipped(options.Stream);
            return CloseOutcome.Skipped;
        }

        IReadOnlyList<ClaimedWindow> claimed = await ClaimAsync(window, cancellationToken).ConfigureAwait(false);
        return claimed.Count == 0 ? CloseOutcome.FencedOff : await CloseAsync(claimed[0], cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<WindowKey>> DueAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(Due + " ORDER BY closes_at LIMIT @batch");
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("batch", options.Batch);
        var due = new List<WindowKey>();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            due.Add(new WindowKey(reader.GetString(0), reader.GetDateTime(1)));
        }

        return due;
    }

    private async Task<IReadOnlyList<ClaimedWindow>> ClaimAsync(WindowKey? one, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(Claim);
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("holder", holder);
        command.Parameters.AddWithValue("lease", options.Lease);
        command.Parameters.AddWithValue("batch", options.Batch);
        command.Parameters.AddWithValue("partition", NpgsqlDbType.Text, one is { } key ? key.Partition : DBNull.Value);
        command.Parameters.AddWithValue("start", NpgsqlDbType.TimestampTz, one is { } same ? same.Start : DBNull.Value);
        var claimed = new List<ClaimedWindow>();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            claimed.Add(new ClaimedWindow(new WindowKey(reader.GetString(0), reader.GetDateTime(1)), reader.GetInt64(2)));
        }

        claimed.Sort(static (a, b) => WindowKey.EntryOrder.Compare(a.Key, b.Key));
        return claimed;
    }

    // The first result is the barrier's, the second has a row when the fence held.
    private static async Task<double?> ReadDelayAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetDouble(0) : null;
    }
}
