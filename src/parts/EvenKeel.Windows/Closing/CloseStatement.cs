using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Closing;

/// <summary>
/// Closes claimed windows in one transaction and one round trip. The statements are sent together, without BEGIN and COMMIT: the server makes one
/// transaction of what comes before the end of a batch, and each sees what was committed before it, since the level is READ COMMITTED. A
/// closer that is paused before it reads the answer therefore holds nothing.
/// </summary>
/// <param name="options">The stream.</param>
internal sealed class CloseStatement(WindowOptions options)
{
    // The server takes a statement with an aggregate for each of hundreds of windows for one that is worth compiling, which takes longer than it.
    private const string Plan = "SELECT set_config('jit', 'off', true)";

    private const string Clock = "SELECT clock_timestamp()";

    private readonly string _barrier = WindowBarrier.TakenBy("pg_advisory_xact_lock", options);

    // IS NOT TRUE keeps the server from looking at all open windows for each of these, through the index that they have.
    // Behind the barriers nobody adds events any more, so that the results may be read in the statement that looks at the fences. Two closers
    // cannot wait for each other's rows: both have to pass the barriers of those first.
    private readonly string _close = $"""
        WITH evenkeel_closed AS (
            UPDATE evenkeel_windows.state s
            SET is_closed = true, revision = 1, closed_at = clock_timestamp(), lease_until = NULL
            FROM unnest(@partitions, @starts, @fences) AS w(partition, start, fence)
            WHERE s.stream = @stream AND s.partition = w.partition AND s.start = w.start AND s.is_closed IS NOT TRUE AND s.fence = w.fence
            RETURNING s.partition, s.start, s.fence, s.closes_at),
        evenkeel_stored AS (
            INSERT INTO evenkeel_windows.revision (stream, partition, start, key, revision, fence, result)
            SELECT @stream, evenkeel_closed.partition, evenkeel_closed.start, fresh.key, 1, evenkeel_closed.fence, fresh.result
            FROM evenkeel_closed CROSS JOIN LATERAL ({WindowAggregate.Of(options.Aggregate, "evenkeel_closed")}) AS fresh
            RETURNING partition, start, key, result),
        evenkeel_told AS (
            INSERT INTO evenkeel_windows.outbox (stream, partition, start, key, revision, new)
            SELECT @stream, partition, start, key, 1, result FROM evenkeel_stored)
        SELECT closes_at FROM evenkeel_closed
        """;

    /// <summary>Closes those whose fences are still the latest. When it throws, none is closed unless the connection broke.</summary>
    /// <returns>Of those that were closed the times from the ends of their graces; and how long it took from when the barriers were passed.</returns>
    public async Task<(IReadOnlyCollection<TimeSpan> Delays, TimeSpan Elapsed)> RunAsync(
        NpgsqlConnection connection, IReadOnlyList<ClaimedWindow> windows, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand close = WindowParameters.Many(_close, options, windows.Select(window => window.Key));
        close.Parameters.AddWithValue("fences", NpgsqlDbType.Array | NpgsqlDbType.Bigint, windows.Select(window => window.Fence).ToArray());
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(Plan), WindowParameters.Many(_barrier, options, windows.Select(window => window.Key)), new(Clock), close, new(Clock) },
        };
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        DateTime passed = await ReadClockAsync(reader, cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var due = new List<DateTime>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            due.Add(reader.GetDateTime(0));
        }

        DateTime now = await ReadClockAsync(reader, cancellationToken).ConfigureAwait(false);

        // The commit is confirmed behind the last result, and its failure is thrown here.
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return ([.. due.Select(one => now - one)], now - passed);
    }

    private static async Task<DateTime> ReadClockAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return reader.GetDateTime(0);
    }
}
