using Metering.Events;
using Metering.Ingest;
using MeteringTimes.Events;
using Npgsql;
using NpgsqlTypes;

namespace MeteringTimes.Rungs;

/// <summary>INSERT from arrays into the tables of the service, which leaves repetitions out, and knows nothing of windows.</summary>
internal sealed class UnnestRung(Bench bench) : DirectRung(bench, IngestWriter.MostInBatch)
{
    private const string Store = """
        WITH sent AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            AS e(tenant_id, event_id, body_hash, customer_id, event_time, endpoint, model, input_tokens, output_tokens, tokens, latency_ms)),
        claimed AS (
            INSERT INTO metering.event_key (tenant_id, event_id, body_hash, event_time)
            SELECT tenant_id, event_id, body_hash, event_time FROM sent ON CONFLICT DO NOTHING RETURNING tenant_id, event_id)
        INSERT INTO metering.usage_event (customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms)
        SELECT customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms
        FROM sent JOIN claimed USING (tenant_id, event_id)
        """;

    public override string Name => "unnest";

    public override string? Below => "copy-table";

    protected override async Task<int> StoreAsync(Population population, Sample[] samples)
    {
        var events = EventsOf(population, samples);
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(Store, connection);
        Add(NpgsqlDbType.Integer, one => one.TenantId);
        Add(NpgsqlDbType.Text, one => one.EventId);
        Add(NpgsqlDbType.Bigint, one => one.Hash);
        Add(NpgsqlDbType.Integer, one => one.CustomerId);
        Add(NpgsqlDbType.TimestampTz, one => one.Time);
        Add(NpgsqlDbType.Text, one => one.Endpoint);
        Add(NpgsqlDbType.Text, one => one.Model);
        Add(NpgsqlDbType.Bigint, one => one.InputTokens);
        Add(NpgsqlDbType.Bigint, one => one.OutputTokens);
        Add(NpgsqlDbType.Bigint, one => one.Tokens);
        Add(NpgsqlDbType.Bigint, one => one.LatencyMs);
        return await command.ExecuteNonQueryAsync();

        void Add<T>(NpgsqlDbType type, Func<UsageEvent, T> value)
        {
            var values = Array.ConvertAll(events, one => value(one));
            command.Parameters.Add(new NpgsqlParameter<T[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
        }
    }
}
