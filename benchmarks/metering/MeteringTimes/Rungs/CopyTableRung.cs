using MeteringTimes.Events;
using NpgsqlTypes;

namespace MeteringTimes.Rungs;

/// <summary>
/// COPY of keys and events into the tables of the service, with their indexes, in one transaction: the physical limit. It refuses a batch with a
/// repetition, so that nobody could use it.
/// </summary>
internal sealed class CopyTableRung(Bench bench) : DirectRung(bench, batch: 5000)
{
    public override string Name => "copy-table";

    public override string? Below => "copy-bare";

    protected override async Task<int> StoreAsync(Population population, Sample[] samples)
    {
        var events = EventsOf(population, samples);
        await using var connection = await ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var keys = await connection.BeginBinaryImportAsync(
            "COPY metering.event_key (tenant_id, event_id, body_hash, event_time) FROM STDIN (FORMAT binary)"))
        {
            foreach (var one in events)
            {
                await keys.StartRowAsync();
                await keys.WriteAsync(one.TenantId, NpgsqlDbType.Integer);
                await keys.WriteAsync(one.EventId, NpgsqlDbType.Text);
                await keys.WriteAsync(one.Hash, NpgsqlDbType.Bigint);
                await keys.WriteAsync(one.Time, NpgsqlDbType.TimestampTz);
            }

            await keys.CompleteAsync();
        }

        await using (var rows = await connection.BeginBinaryImportAsync(
            "COPY metering.usage_event (customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms) "
            + "FROM STDIN (FORMAT binary)"))
        {
            foreach (var one in events)
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(one.CustomerId, NpgsqlDbType.Integer);
                await rows.WriteAsync(one.Time, NpgsqlDbType.TimestampTz);
                await rows.WriteAsync(one.TenantId, NpgsqlDbType.Integer);
                await rows.WriteAsync(one.EventId, NpgsqlDbType.Text);
                await rows.WriteAsync(one.Endpoint, NpgsqlDbType.Text);
                await rows.WriteAsync(one.Model!, NpgsqlDbType.Text);
                await rows.WriteAsync(one.InputTokens, NpgsqlDbType.Bigint);
                await rows.WriteAsync(one.OutputTokens, NpgsqlDbType.Bigint);
                await rows.WriteAsync(one.Tokens, NpgsqlDbType.Bigint);
                await rows.WriteAsync(one.LatencyMs!.Value, NpgsqlDbType.Bigint);
            }

            await rows.CompleteAsync();
        }

        await transaction.CommitAsync();
        return events.Length;
    }
}
