using EvenKeel.Windows.Options;
using Npgsql;
using NpgsqlTypes;

namespace EvenKeel.Windows.Outbox;

/// <summary>Reads the changes of a stream in an order in which none can appear behind the reader.</summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
public sealed class WindowOutbox(NpgsqlDataSource database, WindowOptions options)
{
    // Entries of transactions that may still be running, or that began after one that is, wait until all of them have ended.
    private const string Read = """
        SELECT transaction, id, partition, start, key, revision, old::text, new::text
        FROM evenkeel_windows.outbox
        WHERE stream = @stream AND (transaction, id) > (@transaction, @id) AND transaction < pg_snapshot_xmin(pg_current_snapshot())
        ORDER BY transaction, id LIMIT @most
        """;

    /// <summary>Reads what comes after a place.</summary>
    /// <param name="after">The cursor of the last entry that was handled.</param>
    /// <param name="most">The most entries to read, 1 to 10,000.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<OutboxEntry>> ReadAsync(OutboxCursor after, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 10_000);
        await using NpgsqlCommand command = database.CreateCommand(Read);
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("transaction", NpgsqlDbType.Xid8, after.Transaction);
        command.Parameters.AddWithValue("id", after.Id);
        command.Parameters.AddWithValue("most", most);
        var entries = new List<OutboxEntry>();
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            entries.Add(new OutboxEntry
            {
                Cursor = new OutboxCursor(reader.GetFieldValue<ulong>(0), reader.GetInt64(1)),
                Window = new WindowKey(reader.GetString(2), reader.GetDateTime(3)),
                Key = reader.GetString(4),
                Revision = reader.GetInt32(5),
                Old = reader.IsDBNull(6) ? null : reader.GetString(6),
                New = reader.IsDBNull(7) ? null : reader.GetString(7),
            });
        }

        return entries;
    }
}
