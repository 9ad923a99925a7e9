using EvenKeel.Windows.Schema;
using Npgsql;

namespace Metering.Schema;

/// <summary>
/// Brings the database to the version of this program, step by step, under a lock that any number of instances may ask for at once. A database
/// that is newer than the program is left alone and refused.
/// </summary>
internal static class MeteringSchema
{
    // Any number works as long as all instances use the same one.
    private const long MigrationLock = 0x6D_65_74_65_72_69_6E_67;

    /// <summary>Each is run once, in order; one that was released is never changed.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE metering.tenant (id int PRIMARY KEY, name text NOT NULL UNIQUE, active boolean NOT NULL DEFAULT true);

        CREATE TABLE metering.customer (
            id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            tenant_id int NOT NULL REFERENCES metering.tenant,
            external_id text COLLATE "C" NOT NULL CHECK (external_id ~ '^[A-Za-z0-9._-]{1,64}$'),
            UNIQUE (tenant_id, external_id));

        CREATE TABLE metering.api_key (
            hash bytea PRIMARY KEY CHECK (length(hash) = 32),
            tenant_id int NOT NULL REFERENCES metering.tenant,
            label text NOT NULL DEFAULT '',
            created_at timestamptz NOT NULL DEFAULT now(),
            revoked_at timestamptz);

        -- The one unique index of the events. Bytewise comparison: ids are names, not words.
        CREATE TABLE metering.event_key (
            tenant_id int NOT NULL,
            event_id text COLLATE "C" NOT NULL,
            body_hash bigint NOT NULL,
            event_time timestamptz NOT NULL,
            PRIMARY KEY (tenant_id, event_id));

        -- Without foreign keys: each would cost a look-up for each event, and what they would check was checked before.
        CREATE TABLE metering.usage_event (
            customer_id int NOT NULL,
            event_time timestamptz NOT NULL,
            received_at timestamptz NOT NULL DEFAULT now(),
            input_tokens bigint NOT NULL,
            output_tokens bigint NOT NULL,
            tokens bigint NOT NULL,
            latency_ms bigint,
            tenant_id int NOT NULL,
            event_id text COLLATE "C" NOT NULL,
            endpoint text NOT NULL,
            model text);
        CREATE INDEX usage_event_window ON metering.usage_event (customer_id, event_time);

        CREATE VIEW aggregation_windows AS
        SELECT split_part(partition, ':', 1)::int AS tenant_id, split_part(partition, ':', 2) AS customer_id, start AS window_start,
               revision, fence, result AS aggregation_data, made_at AS updated_at
        FROM evenkeel_windows.revision WHERE is_current AND stream = 'usage';
        """,
    ];

    /// <summary>Creates or upgrades what is missing.</summary>
    /// <exception cref="NotSupportedException">The server is older than 15, or the schema is newer than this program.</exception>
    public static async Task PrepareAsync(NpgsqlDataSource database, bool demo, string? extra, CancellationToken cancellationToken)
    {
        await WindowSchema.CreateAsync(database, cancellationToken);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync($"SELECT pg_advisory_xact_lock({MigrationLock})");
        await RunAsync("CREATE SCHEMA IF NOT EXISTS metering; CREATE TABLE IF NOT EXISTS metering.schema_step (step int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())");
        await using (var read = new NpgsqlCommand("SELECT coalesce(max(step), 0) FROM metering.schema_step", connection))
        {
            int done = (int)(await read.ExecuteScalarAsync(cancellationToken))!;
            if (done > Steps.Length)
            {
                throw new NotSupportedException(
                    $"The database has schema step {done}, and this program knows {Steps.Length}: it is older than the one that made them. Start the newer program.");
            }

            for (int step = done; step < Steps.Length; step++)
            {
                await RunAsync($"{Steps[step]}\nINSERT INTO metering.schema_step (step) VALUES ({step + 1})");
            }
        }

        if (demo)
        {
            await RunAsync(DemoData.Insert);
        }

        if (extra is not null)
        {
            await RunAsync(extra);
        }

        await transaction.CommitAsync(cancellationToken);

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
