using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Revising;

/// <summary>Revises marked windows in one transaction; see <see cref="WindowReviser"/> for its steps.</summary>
/// <param name="options">The stream.</param>
internal sealed class ReviseStatement(WindowOptions options)
{
    // The server takes a statement with an aggregate for each of hundreds of windows for one that is worth compiling, which takes longer than it.
    private const string Plan = "SELECT set_config('jit', 'off', true)";

    private const string Lock = """
        SELECT s.partition, s.start, s.revision FROM evenkeel_windows.state s JOIN unnest(@partitions, @starts) AS w(partition, start)
        ON s.partition = w.partition AND s.start = w.start WHERE s.stream = @stream AND s.is_closed FOR UPDATE OF s SKIP LOCKED
        """;

    private const string TakeMarks = """
        WITH taken AS (
            DELETE FROM evenkeel_windows.late l USING unnest(@partitions, @starts) AS w(partition, start)
            WHERE l.stream = @stream AND l.partition = w.partition AND l.start = w.start RETURNING l.partition, l.start)
        SELECT DISTINCT partition, start FROM taken
        """;

    private const string Raise = """
        UPDATE evenkeel_windows.state s SET revision = w.revision, fence = fence + 1
        FROM (SELECT DISTINCT * FROM unnest(@partitions, @starts, @revisions) AS all_of(partition, start, revision)) AS w
        WHERE s.stream = @stream AND s.partition = w.partition AND s.start = w.start
        """;

    private const string Retire = """
        UPDATE evenkeel_windows.revision r SET is_current = false FROM unnest(@partitions, @starts, @keys) AS w(partition, start, key)
        WHERE r.stream = @stream AND r.partition = w.partition AND r.start = w.start AND r.key = w.key AND r.is_current
        """;

    private const string Store = """
        INSERT INTO evenkeel_windows.revision (stream, partition, start, key, revision, fence, result)
        SELECT @stream, w.partition, w.start, w.key, w.revision, s.fence, w.new::jsonb
        FROM unnest(@partitions, @starts, @keys, @revisions, @news) AS w(partition, start, key, revision, new)
        JOIN evenkeel_windows.state s ON s.stream = @stream AND s.partition = w.partition AND s.start = w.start
        WHERE w.new IS NOT NULL
        """;

    private const string Tell = """
        INSERT INTO evenkeel_windows.outbox (stream, partition, start, key, revision, old, new)
        SELECT @stream, w.partition, w.start, w.key, w.revision, w.old::jsonb, w.new::jsonb
        FROM unnest(@partitions, @starts, @keys, @revisions, @olds, @news) AS w(partition, start, key, revision, old, new)
        """;

    private static readonly string[] Changes = [Raise, Retire, Store, Tell];

    private readonly string _compare = $"""
        WITH evenkeel_taken AS (SELECT * FROM unnest(@partitions, @starts, @revisions) AS w(partition, start, revision)),
        evenkeel_fresh AS (
            SELECT evenkeel_taken.partition, evenkeel_taken.start, one.key, one.result
            FROM evenkeel_taken CROSS JOIN LATERAL ({WindowAggregate.Of(options.Aggregate, "evenkeel_taken")}) AS one),
        evenkeel_current AS (
            SELECT r.partition, r.start, r.key, r.result FROM evenkeel_windows.revision r JOIN evenkeel_taken USING (partition, start)
            WHERE r.stream = @stream AND r.is_current)
        SELECT evenkeel_taken.partition, evenkeel_taken.start, evenkeel_taken.revision + 1, key, evenkeel_current.result::text, evenkeel_fresh.result::text
        FROM evenkeel_fresh FULL JOIN evenkeel_current USING (partition, start, key) JOIN evenkeel_taken USING (partition, start)
        WHERE evenkeel_fresh.result IS DISTINCT FROM evenkeel_current.result ORDER BY 2, 1, 4
        """;

    /// <summary>Locks the rows of closed windows that nobody else has locked.</summary>
    public Task<List<TakenWindow>> LockAsync(NpgsqlConnection connection, IEnumerable<WindowKey> windows, CancellationToken cancellationToken) => ReadAsync(
        connection,
        [new NpgsqlBatchCommand(Plan), WindowParameters.Many(Lock, options, windows)],
        reader => new TakenWindow(KeyOf(reader), reader.GetInt32(2)),
        cancellationToken);

    /// <summary>Takes the marks of windows away.</summary>
    /// <returns>Those that had any.</returns>
    public Task<List<WindowKey>> TakeMarksAsync(NpgsqlConnection connection, IEnumerable<WindowKey> windows, CancellationToken cancellationToken) =>
        ReadAsync(connection, [WindowParameters.Many(TakeMarks, options, windows)], KeyOf, cancellationToken);

    /// <summary>Computes windows anew.</summary>
    /// <returns>The results that differ from the current ones.</returns>
    public Task<List<ChangedResult>> CompareAsync(NpgsqlConnection connection, IReadOnlyList<TakenWindow> windows, CancellationToken cancellationToken)
    {
        NpgsqlBatchCommand command = WindowParameters.Many(_compare, options, windows.Select(window => window.Key));
        command.Parameters.AddWithValue("revisions", windows.Select(window => window.Revision).ToArray());
        return ReadAsync(
            connection,
            [command],
            reader => new ChangedResult(KeyOf(reader), reader.GetInt32(2), reader.GetString(3), Text(reader, 4), Text(reader, 5)),
            cancellationToken);
    }

    /// <summary>Makes the results that differ the current ones, and tells them to the outbox.</summary>
    public async Task StoreAsync(NpgsqlConnection connection, IReadOnlyList<ChangedResult> changed, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (string text in Changes)
        {
            NpgsqlBatchCommand command = WindowParameters.Many(text, options, changed.Select(one => one.Window));
            Add(command, "keys", NpgsqlDbType.Text, changed.Select(one => one.Key).ToArray());
            Add(command, "revisions", NpgsqlDbType.Integer, changed.Select(one => one.Revision).ToArray());
            Add(command, "olds", NpgsqlDbType.Text, changed.Select(one => one.Old).ToArray());
            Add(command, "news", NpgsqlDbType.Text, changed.Select(one => one.New).ToArray());
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Add(NpgsqlBatchCommand command, string name, NpgsqlDbType type, Array values) =>
        WindowParameters.AddIfUsed(command.Parameters, command.CommandText, name, NpgsqlDbType.Array | type, values);

    private static WindowKey KeyOf(NpgsqlDataReader reader) => new(reader.GetString(0), reader.GetDateTime(1));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    // The rows of the last statement.
    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, NpgsqlBatchCommand[] commands, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (NpgsqlBatchCommand command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        for (int passed = 1; passed < commands.Length; passed++)
        {
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
