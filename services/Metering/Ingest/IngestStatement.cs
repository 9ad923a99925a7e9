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
/// server makes one transaction of what comes before the end of a batch. Ids that were taken are looked up afterwards, in a statement of its
/// own, since a statement does not see what was committed while it ran.
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

    // Nearly always all ids were free: then no id is looked up, and no row is returned. The arrays are read several times because that costs less than
    // copies of the rows. A row that is returned has the place of an event that fell into a closed window, or whose id was taken.
    private readonly string _store = $"""
        WITH claimed AS (
            INSERT INTO metering.event_key (tenant_id, event_id, body_hash, event_time)
            SELECT * FROM unnest(@tenants, @ids, @hashes, @times) ON CONFLICT DO NOTHING RETURNING tenant_id, event_id),
        taken AS MATERIALIZED (
            SELECT e.place FROM unnest(@tenants, @ids) WITH ORDINALITY AS e(tenant_id, event_id, place)
            WHERE (SELECT count(*) FROM claimed) < cardinality(@ids)
              AND (e.tenant_id, e.event_id) NOT IN (SELECT claimed.tenant_id, claimed.event_id FROM claimed)),
        stored AS (
            INSERT INTO metering.usage_event
                (customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms)
            SELECT customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms
            FROM unnest(@customers, @times, @tenants, @ids, @endpoints, @models, @inputs, @outputs, @tokens, @latencies) WITH ORDINALITY
            AS e(customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms, place)
            WHERE e.place NOT IN (SELECT place FROM taken)),
        fresh AS (
            SELECT e.place, e.partition, e.start FROM unnest(@partitions, @starts) WITH ORDINALITY AS e(partition, start, place)
            WHERE e.place NOT IN (SELECT place FROM taken)),
        late AS ({mark})
        SELECT fresh.place, true FROM fresh JOIN late USING (partition, start) UNION ALL SELECT place, false FROM taken
        """;

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
        var taken = new List<int>();
        await using (var statements = new NpgsqlBatch(connection))
        {
            _entry.AddTo(statements, batch.Windows(_grid));
            statements.BatchCommands.Add(Store(batch.Entries));
            await using NpgsqlDataReader reader = await statements.ExecuteReaderAsync(cancellationToken);

            // The first result is that of the barriers.
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (reader.GetBoolean(1))
                {
                    batch.Late++;
                }
                else
                {
                    taken.Add((int)reader.GetInt64(0) - 1);
                }
            }

            // The commit is confirmed behind the last result, and its failure is thrown here.
            while (await reader.NextResultAsync(cancellationToken))
            {
            }
        }

        batch.IsCommitted = true;
        Array.Fill(batch.Outcomes, IngestOutcome.Processed);
        if (taken.Count > 0)
        {
            await LookAsync(connection, batch, taken.ToArray(), isRepeated, cancellationToken);
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

    private NpgsqlBatchCommand Store(IReadOnlyList<IngestEntry> entries)
    {
        var command = new NpgsqlBatchCommand(_store);
        command.Parameters.AddWithValue("stream", windows.Stream);
        Add("tenants", NpgsqlDbType.Integer, one => one.TenantId);
        Add("ids", NpgsqlDbType.Text, one => one.EventId);
        Add("hashes", NpgsqlDbType.Bigint, one => one.Hash);
        Add("customers", NpgsqlDbType.Integer, one => one.CustomerId);
        Add("times", NpgsqlDbType.TimestampTz, one => one.Time);
        Add("endpoints", NpgsqlDbType.Text, one => one.Endpoint);
        Add("models", NpgsqlDbType.Text, one => one.Model);
        Add("inputs", NpgsqlDbType.Bigint, one => one.InputTokens);
        Add("outputs", NpgsqlDbType.Bigint, one => one.OutputTokens);
        Add("tokens", NpgsqlDbType.Bigint, one => one.Tokens);
        Add("latencies", NpgsqlDbType.Bigint, one => one.LatencyMs);
        Add("partitions", NpgsqlDbType.Text, one => one.Partition);
        Add("starts", NpgsqlDbType.TimestampTz, one => _grid.StartOf(one.Time));
        return command;

        void Add<T>(string name, NpgsqlDbType type, Func<UsageEvent, T> value)
        {
            var values = new T[entries.Count];
            for (int place = 0; place < values.Length; place++)
            {
                values[place] = value(entries[place].Event);
            }

            command.Parameters.Add(new NpgsqlParameter<T[]>(name, NpgsqlDbType.Array | type) { TypedValue = values });
        }
    }
}
