using EvenKeel.Windows.Metrics;
using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Revising;

/// <summary>
/// Gives closed windows that got late events a new revision. Any number of revisers may run. For each marked window, in one transaction:
/// <list type="number">
/// <item>Lock the window's row; a window that another reviser has is left to it.</item>
/// <item>Take its marks away. A mark that is not committed yet stays, and its event is counted by the next revision.</item>
/// <item>In a later statement, whose snapshot therefore holds every event whose mark was taken: compute all results anew from the raw
/// events, and compare them with the current ones.</item>
/// <item>Of the keys that differ: the old result is no longer current, the new one is, and the outbox tells both.</item>
/// </list>
/// </summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
/// <param name="metrics">Told of what happened, or null.</param>
public sealed class WindowReviser(NpgsqlDataSource database, WindowOptions options, WindowMetrics? metrics = null)
{
    private const string Marked = "SELECT partition, start FROM evenkeel_windows.late WHERE stream = @stream GROUP BY partition, start ORDER BY min(id) LIMIT @batch";

    private const string Lock = """
        SELECT revision FROM evenkeel_windows.state
        WHERE stream = @stream AND partition = @partition AND start = @start AND is_closed FOR UPDATE SKIP LOCKED
        """;

    private const string TakeMarks = "DELETE FROM evenkeel_windows.late WHERE stream = @stream AND partition = @partition AND start = @start";

    private const string Raise = """
        UPDATE evenkeel_windows.state SET revision = @revision, fence = fence + 1
        WHERE stream = @stream AND partition = @partition AND start = @start
        """;

    private const string Retire = """
        UPDATE evenkeel_windows.revision SET is_current = false
        WHERE stream = @stream AND partition = @partition AND start = @start AND key = ANY(@keys) AND is_current
        """;

    private const string Store = """
        INSERT INTO evenkeel_windows.revision (stream, partition, start, key, revision, fence, result)
        SELECT @stream, @partition, @start, c.key, @revision, s.fence, c.new::jsonb
        FROM unnest(@keys, @news) AS c(key, new), evenkeel_windows.state s
        WHERE c.new IS NOT NULL AND s.stream = @stream AND s.partition = @partition AND s.start = @start
        """;

    private const string Tell = """
        INSERT INTO evenkeel_windows.outbox (stream, partition, start, key, revision, old, new)
        SELECT @stream, @partition, @start, c.key, @revision, c.old::jsonb, c.new::jsonb FROM unnest(@keys, @olds, @news) AS c(key, old, new)
        """;

    private static readonly string[] Steps = [Raise, Retire, Store, Tell];

    private readonly string _compare = $"""
        WITH fresh AS ({options.Aggregate}),
        current AS (SELECT key, result FROM evenkeel_windows.revision
                    WHERE stream = @stream AND partition = @partition AND start = @start AND is_current)
        SELECT coalesce(fresh.key, current.key), current.result::text, fresh.result::text
        FROM fresh FULL JOIN current ON fresh.key = current.key
        WHERE fresh.result IS DISTINCT FROM current.result ORDER BY 1
        """;

    /// <summary>Revises what is marked, up to <see cref="WindowOptions.Batch"/> windows.</summary>
    /// <returns>How many marked windows were handled; 0 means that nothing was left to do for this reviser.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var marked = new List<WindowKey>();
        await using (NpgsqlCommand command = database.CreateCommand(Marked))
        {
            command.Parameters.AddWithValue("stream", options.Stream);
            command.Parameters.AddWithValue("batch", options.Batch);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                marked.Add(new WindowKey(reader.GetString(0), reader.GetDateTime(1)));
            }
        }

        int handled = 0;
        foreach (WindowKey window in marked)
        {
            handled += await ReviseAsync(window, cancellationToken).ConfigureAwait(false) is null ? 0 : 1;
        }

        return handled;
    }

    /// <summary>Revises one window, if it is marked and nobody else does.</summary>
    /// <returns>How many results changed; null when it was not marked, is open, or was left to another reviser.</returns>
    public async Task<int?> ReviseAsync(WindowKey window, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

        // 1. and 2. The row, then the marks.
        if (await ScalarAsync(connection, Lock, window, cancellationToken).ConfigureAwait(false) is not int revision
            || await ExecuteAsync(connection, TakeMarks, window, 0, [], cancellationToken).ConfigureAwait(false) == 0)
        {
            return null;
        }

        // 3. and 4. The results that differ.
        List<ChangedResult> changed = await CompareAsync(connection, window, cancellationToken).ConfigureAwait(false);
        if (changed.Count > 0)
        {
            foreach (string statement in Steps)
            {
                await ExecuteAsync(connection, statement, window, revision + 1, changed, cancellationToken).ConfigureAwait(false);
            }
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        if (changed.Count > 0)
        {
            metrics?.Revised(options.Stream);
        }

        return changed.Count;
    }

    private async Task<List<ChangedResult>> CompareAsync(NpgsqlConnection connection, WindowKey window, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(_compare, connection);
        WindowParameters.Add(command, options, window);
        var changed = new List<ChangedResult>();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            changed.Add(new ChangedResult(reader.GetString(0), Text(1), Text(2)));
        }

        return changed;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private async Task<object?> ScalarAsync(NpgsqlConnection connection, string text, WindowKey window, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        WindowParameters.Add(command, options, window);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string text, WindowKey window, int revision, List<ChangedResult> changed, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(text, connection);
        WindowParameters.Add(command, options, window);
        AddIfUsed("revision", NpgsqlDbType.Integer, revision);
        AddIfUsed("keys", NpgsqlDbType.Array | NpgsqlDbType.Text, changed.Select(one => one.Key).ToArray());
        AddIfUsed("olds", NpgsqlDbType.Array | NpgsqlDbType.Text, changed.Select(one => one.Old).ToArray());
        AddIfUsed("news", NpgsqlDbType.Array | NpgsqlDbType.Text, changed.Select(one => one.New).ToArray());
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);

        void AddIfUsed(string name, NpgsqlDbType type, object value)
        {
            if (text.Contains('@' + name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, type, value);
            }
        }
    }
}
