using EvenKeel.Windows;
using EvenKeel.Windows.Ingest;
using EvenKeel.Windows.Options;
using Metering.Events;
using Npgsql;
using NpgsqlTypes;

namespace Metering.Ingest;

/// <summary>
/// Stores a batch in one transaction and one round trip: the statements of <see cref="WindowEntry"/>, then one statement that claims the ids,
/// stores the events whose ids were free, and marks the closed windows among theirs. They are sent together, without BEGIN and COMMIT: the
/// server makes one transaction of what comes before the end of a batch.
/// <para>While all ids are new that statement takes it for granted, which costs the server a third less: an id that is taken ends the whole
/// transaction then, and the batch is stored again by the statement that expects such ids (<see cref="RepeatForecast"/>). Ids that were taken are
/// looked up afterwards, in a statement of its own, since a statement does not see what was committed while it ran.</para>
/// </summary>
/// <param name="windows">The stream.</param>
/// <param name="mark">The part that marks closed windows; of the library unless a bug is planted.</param>
internal sealed class IngestStatement(WindowOptions windows, string mark)
{
    private const string Look = """
        SELECT e.place, k.body_hash FROM unnest($1, $2) WITH ORDINALITY AS e(tenant_id, event_id, place)
        JOIN metering.event_key k ON k.tenant_id = e.tenant_id AND k.event_id = e.event_id
        """;

    private readonly WindowGrid _grid = new(windows.Length);
    private readonly WindowEntry _entry = new(windows);

    private readonly string _storeNew = StoreSql.OfNew(mark);
    private readonly string _storeAny = StoreSql.OfAny(mark);
    private readonly RepeatForecast _forecast = new();

    /// <summary>Stores a batch and sets its outcomes. When it throws, nothing is stored unless the connection broke.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="isRepeated">True after an attempt whose outcome is not known: then what is stored and agrees was stored by that.</param>
    /// <param name="cancellationToken">Breaks the attempt off.</param>
    public async Task StoreAsync(NpgsqlConnection connection, IngestBatch batch, bool isRepeated, CancellationToken cancellationToken)
    {
        Array.Clear(batch.Outcomes);
        Array.Clear(batch.Stored);
        batch.Late = 0;
        batch.IsCommitted = false;
        int[] taken = [];
        if (isRepeated || !_forecast.AllAreNew || !await TryStoreNewAsync(connection, batch, cancellationToken))
        {
            taken = await StoreAnyAsync(connection, batch, cancellationToken);
        }

        _forecast.Saw(taken.Length > 0);
        batch.IsCommitted = true;
        Array.Fill(batch.Outcomes, IngestOutcome.Processed);
        if (taken.Length > 0)
        {
            await LookAsync(connection, batch, taken, isRepeated, cancellationToken);
        }
    }

    // False when an id was taken, and then nothing is stored: the server has rolled back.
    private async Task<bool> TryStoreNewAsync(NpgsqlConnection connection, IngestBatch batch, CancellationToken cancellationToken)
    {
        HashSet<WindowKey> windows = batch.Windows(_grid);
        var late = new HashSet<WindowKey>();
        NpgsqlBatchCommand store = Store(_storeNew, batch.Entries);
        store.Parameters.AddWithValue("partitions", NpgsqlDbType.Array | NpgsqlDbType.Text, windows.Select(window => window.Partition).ToArray());
        store.Parameters.AddWithValue("starts", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, windows.Select(window => window.Start).ToArray());
        try
        {
            await RunAsync(connection, windows, store, row => late.Add(new WindowKey(row.GetString(0), row.GetDateTime(1))), cancellationToken);
        }
        catch (PostgresException error) when (error is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "event_key" })
        {
            return false;
        }

        batch.Late = late.Count == 0 ? 0 : batch.Entries.Count(entry => late.Contains(WindowOf(entry.Event)));
        return true;
    }

    private async Task<int[]> StoreAnyAsync(NpgsqlConnection connection, IngestBatch batch, CancellationToken cancellationToken)
    {
        var taken = new List<int>();
        NpgsqlBatchCommand store = Store(_storeAny, batch.Entries);
        Add(store, batch.Entries, "partitions", NpgsqlDbType.Text, one => one.Partition);
        Add(store, batch.Entries, "starts", NpgsqlDbType.TimestampTz, one => _grid.StartOf(one.Time));
        await RunAsync(connection, batch.Windows(_grid), store, Read, cancellationToken);
        return [.. taken];

        void Read(NpgsqlDataReader row)
        {
            if (row.GetBoolean(1))
            {
                batch.Late++;
            }
            else
            {
                taken.Add((int)row.GetInt64(0) - 1);
            }
        }
    }

    private async Task RunAsync(
        NpgsqlConnection connection, HashSet<WindowKey> windows, NpgsqlBatchCommand store, Action<NpgsqlDataReader> row, CancellationToken cancellationToken)
    {
        await using var statements = new NpgsqlBatch(connection);
        _entry.AddTo(statements, windows);
        statements.BatchCommands.Add(store);
        await using NpgsqlDataReader reader = await statements.ExecuteReaderAsync(cancellationToken);

        // The first result is that of the barriers.
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row(reader);
        }

        // The commit is confirmed behind the last result, and its failure is thrown here.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }
    }

    private static async Task LookAsync(
        NpgsqlConnection connection, IngestBatch batch, int[] taken, bool isRepeated, CancellationToken cancellationToken)
    {
        // When this fails the outcomes are those of the whole batch, which is not known then.
        Array.ForEach(taken, place => batch.Outcomes[place] = IngestOutcome.Pending);
        await using var command = new NpgsqlCommand(Look, connection);
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Integer, Array.ConvertAll(taken, place => batch.Entries[place].Event.TenantId));
        command.Parameters.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Text, Array.ConvertAll(taken, place => batch.Entries[place].Event.EventId));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            int place = taken[reader.GetInt64(0) - 1];
            long stored = reader.GetInt64(1);
            batch.Stored[place] = stored;
            batch.Outcomes[place] = stored != batch.Entries[place].Event.Hash ? IngestOutcome.Conflict
                : isRepeated ? IngestOutcome.Processed
                : IngestOutcome.Duplicate;
        }

        // An id that was taken a moment ago and is not there: it was removed in between. Sending the event again stores it.
        foreach (int place in taken.Where(place => batch.Outcomes[place] == IngestOutcome.Pending))
        {
            batch.Outcomes[place] = IngestOutcome.Unavailable;
        }
    }

    private WindowKey WindowOf(UsageEvent one) => new(one.Partition, _grid.StartOf(one.Time));

    private NpgsqlBatchCommand Store(string sql, IReadOnlyList<IngestEntry> entries)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue("stream", windows.Stream);
        Add(command, entries, "tenants", NpgsqlDbType.Integer, one => one.TenantId);
        Add(command, entries, "ids", NpgsqlDbType.Text, one => one.EventId);
        Add(command, entries, "hashes", NpgsqlDbType.Bigint, one => one.Hash);
        Add(command, entries, "customers", NpgsqlDbType.Integer, one => one.CustomerId);
        Add(command, entries, "times", NpgsqlDbType.TimestampTz, one => one.Time);
        Add(command, entries, "endpoints", NpgsqlDbType.Text, one => one.Endpoint);
        Add(command, entries, "models", NpgsqlDbType.Text, one => one.Model);
        Add(command, entries, "inputs", NpgsqlDbType.Bigint, one => one.InputTokens);
        Add(command, entries, "outputs", NpgsqlDbType.Bigint, one => one.OutputTokens);
        Add(command, entries, "tokens", NpgsqlDbType.Bigint, one => one.Tokens);
        Add(command, entries, "latencies", NpgsqlDbType.Bigint, one => one.LatencyMs);
        return command;
    }

    private static void Add<T>(NpgsqlBatchCommand command, IReadOnlyList<IngestEntry> entries, string name, NpgsqlDbType type, Func<UsageEvent, T> value)
    {
        var values = new T[entries.Count];
        for (int place = 0; place < values.Length; place++)
        {
            values[place] = value(entries[place].Event);
        }

        command.Parameters.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values });
    }
}
