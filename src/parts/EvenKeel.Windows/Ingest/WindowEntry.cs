using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Ingest;

/// <summary>
/// What a transaction that stores events does around its own INSERT. READ COMMITTED is required: each statement sees what was committed
/// before it.
/// <list type="number">
/// <item><see cref="AddTo"/> puts two statements into the batch in front of the INSERT: they enter the windows, waiting for a close that is
/// under way, and make the windows known.</item>
/// <item>The INSERT of the events themselves; it must be a later statement of the same transaction.</item>
/// <item><see cref="MarkLateAsync"/>, or <see cref="MarkOf"/> as a part of the INSERT, for the windows that got new events: those that are
/// closed by now will be revised.</item>
/// <item>COMMIT. Only then is an event acknowledged.</item>
/// </list>
/// </summary>
/// <param name="options">The stream.</param>
public sealed class WindowEntry(WindowOptions options)
{
    // Rows that are there are left out by reading, which waits for nobody. ON CONFLICT alone would wait for a reviser that has the row.
    private const string Know = """
        INSERT INTO evenkeel_windows.state (stream, partition, start, closes_at)
        SELECT @stream, w.partition, w.start, w.start + @length + @grace
        FROM unnest(@partitions, @starts) WITH ORDINALITY AS w(partition, start, place)
        WHERE NOT EXISTS (SELECT FROM evenkeel_windows.state s WHERE s.stream = @stream AND s.partition = w.partition AND s.start = w.start)
        ORDER BY w.place
        ON CONFLICT DO NOTHING
        """;

    private const string Mark = """
        INSERT INTO evenkeel_windows.late (stream, partition, start)
        SELECT s.stream, s.partition, s.start
        FROM unnest(@partitions, @starts) AS w(partition, start)
        JOIN evenkeel_windows.state s ON s.stream = @stream AND s.partition = w.partition AND s.start = w.start AND s.is_closed
        """;

    /// <summary>
    /// The mark as a part of the INSERT itself, which saves a round trip and makes step 3: a data-modifying WITH query that marks the closed
    /// windows among those that got new events and returns <c>partition</c> and <c>start</c> of each. It uses the parameter <c>@stream</c>.
    /// </summary>
    /// <param name="fresh">The name of a WITH query in front of it that has <c>partition</c> and <c>start</c> of each event that was new.</param>
    public static string MarkOf(string fresh) => $"""
        INSERT INTO evenkeel_windows.late (stream, partition, start)
        SELECT s.stream, s.partition, s.start
        FROM (SELECT DISTINCT partition, start FROM {fresh}) AS w
        JOIN evenkeel_windows.state s ON s.stream = @stream AND s.partition = w.partition AND s.start = w.start AND s.is_closed
        RETURNING partition, start
        """;

    private readonly string _enter = WindowBarrier.TakenBy("pg_advisory_xact_lock_shared", options);

    /// <summary>Puts the statements that enter windows into a batch.</summary>
    /// <param name="batch">A batch that runs inside of a transaction.</param>
    /// <param name="windows">The windows of the events; they are entered in one order by all transactions.</param>
    public void AddTo(NpgsqlBatch batch, IReadOnlyCollection<WindowKey> windows)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(windows);
        WindowKey[] ordered = [.. windows.Distinct().Order(WindowKey.EntryOrder)];
        batch.BatchCommands.Add(With(new NpgsqlBatchCommand(_enter), ordered));
        NpgsqlBatchCommand know = With(new NpgsqlBatchCommand(Know), ordered);
        know.Parameters.AddWithValue("length", options.Length);
        know.Parameters.AddWithValue("grace", options.Grace);
        batch.BatchCommands.Add(know);
    }

    /// <summary>
    /// Marks the windows that were closed before the events came. A mark is a row of its own: two transactions never wait for each other's,
    /// and a reviser that takes marks away cannot take one that is not committed yet.
    /// </summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="windows">The windows of the events that were new.</param>
    /// <param name="cancellationToken">Cancels it; the transaction must be rolled back then.</param>
    /// <returns>How many windows were marked.</returns>
    public async Task<int> MarkLateAsync(NpgsqlConnection connection, IReadOnlyCollection<WindowKey> windows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(windows);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(With(new NpgsqlBatchCommand(Mark), [.. windows.Distinct().Order(WindowKey.EntryOrder)]));
        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlBatchCommand With(NpgsqlBatchCommand command, WindowKey[] windows)
    {
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("partitions", NpgsqlDbType.Array | NpgsqlDbType.Text, windows.Select(window => window.Partition).ToArray());
        command.Parameters.AddWithValue("starts", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, windows.Select(window => window.Start).ToArray());
        return command;
    }
}
