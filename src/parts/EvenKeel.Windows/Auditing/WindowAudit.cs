using EvenKeel.Windows.Options;
using EvenKeel.Windows.Schema;
using Npgsql;

namespace EvenKeel.Windows.Auditing;

/// <summary>
/// Compares the current result of every closed window with what its raw events give now. It sees a result that lost, doubled or misplaced
/// an event. It does not see an event that was acknowledged and never stored, nor a wrong aggregate: for those, recompute from what the
/// senders know.
/// </summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream; its aggregate may be another one than that of the closers, to check theirs.</param>
public sealed class WindowAudit(NpgsqlDataSource database, WindowOptions options)
{
    private const string Closed = """
        SELECT partition, start FROM evenkeel_windows.state s
        WHERE stream = @stream AND is_closed
          AND NOT EXISTS (SELECT FROM evenkeel_windows.late l WHERE l.stream = s.stream AND l.partition = s.partition AND l.start = s.start)
        ORDER BY start, partition
        """;

    private readonly string _compare = $"""
        WITH fresh AS ({options.Aggregate}),
        current AS (SELECT key, result FROM evenkeel_windows.revision
                    WHERE stream = @stream AND partition = @partition AND start = @start AND is_current)
        SELECT coalesce(fresh.key, current.key), current.result::text, fresh.result::text
        FROM fresh FULL JOIN current ON fresh.key = current.key
        WHERE fresh.result IS DISTINCT FROM current.result ORDER BY 1
        """;

    /// <summary>Audits all windows that are closed and not marked, each in a snapshot of its own.</summary>
    /// <param name="most">The most mismatches to return.</param>
    /// <param name="cancellationToken">Cancels the audit.</param>
    public async Task<AuditReport> RunAsync(int most, CancellationToken cancellationToken)
    {
        var windows = new List<WindowKey>();
        await using (NpgsqlCommand command = database.CreateCommand(Closed))
        {
            command.Parameters.AddWithValue("stream", options.Stream);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                windows.Add(new WindowKey(reader.GetString(0), reader.GetDateTime(1)));
            }
        }

        var found = new List<WindowMismatch>();
        foreach (WindowKey window in windows)
        {
            if (found.Count < most)
            {
                await CompareAsync(window, found, cancellationToken).ConfigureAwait(false);
            }
        }

        return new AuditReport(windows.Count, [.. found.Take(most)]);
    }

    private async Task CompareAsync(WindowKey window, List<WindowMismatch> found, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(_compare);
        WindowParameters.Add(command, options, window);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(new WindowMismatch(window, reader.GetString(0), Text(1), Text(2)));
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
