using Npgsql;

namespace EvenKeel.Windows.Schema;

/// <summary>
/// The tables of all streams of a database, in the schema <c>evenkeel_windows</c>:
/// <list type="bullet">
/// <item><c>state</c>: each window that has events: open or closed, its fence, its claim, its revision.</item>
/// <item><c>late</c>: marks of windows that got events after their close; only added and taken away, never changed.</item>
/// <item><c>revision</c>: each result that ever was current; of each key at most one is.</item>
/// <item><c>outbox</c>: one entry for each revision of a key, in the order of transactions.</item>
/// </list>
/// </summary>
public static class WindowSchema
{
    // Any number works as long as all use the same one: it keeps two instances from creating the tables at once.
    private const long MigrationLock = 0x65_6B_77_69_6E_64_6F_77;

    private const string Create = """
        CREATE SCHEMA IF NOT EXISTS evenkeel_windows;

        CREATE TABLE IF NOT EXISTS evenkeel_windows.state (
            stream text NOT NULL,
            partition text NOT NULL,
            start timestamptz NOT NULL,
            closes_at timestamptz NOT NULL,
            is_closed boolean NOT NULL DEFAULT false,
            fence bigint NOT NULL DEFAULT 0,
            holder text,
            lease_until timestamptz,
            revision int NOT NULL DEFAULT 0,
            closed_at timestamptz,
            PRIMARY KEY (stream, partition, start));
        CREATE INDEX IF NOT EXISTS state_open ON evenkeel_windows.state (stream, closes_at) WHERE NOT is_closed;

        CREATE TABLE IF NOT EXISTS evenkeel_windows.late (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            stream text NOT NULL,
            partition text NOT NULL,
            start timestamptz NOT NULL,
            marked_at timestamptz NOT NULL DEFAULT clock_timestamp());
        CREATE INDEX IF NOT EXISTS late_window ON evenkeel_windows.late (stream, partition, start);

        CREATE TABLE IF NOT EXISTS evenkeel_windows.revision (
            stream text NOT NULL,
            partition text NOT NULL,
            start timestamptz NOT NULL,
            key text NOT NULL,
            revision int NOT NULL,
            fence bigint NOT NULL,
            result jsonb NOT NULL,
            is_current boolean NOT NULL DEFAULT true,
            made_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (stream, partition, start, key, revision));
        CREATE UNIQUE INDEX IF NOT EXISTS revision_current ON evenkeel_windows.revision (stream, partition, start, key) WHERE is_current;

        CREATE TABLE IF NOT EXISTS evenkeel_windows.outbox (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
            stream text NOT NULL,
            partition text NOT NULL,
            start timestamptz NOT NULL,
            key text NOT NULL,
            revision int NOT NULL,
            old jsonb,
            new jsonb,
            made_at timestamptz NOT NULL DEFAULT now(),
            UNIQUE (stream, partition, start, key, revision));
        CREATE INDEX IF NOT EXISTS outbox_order ON evenkeel_windows.outbox (stream, transaction, id);
        """;

    /// <summary>Creates what is missing. Any number of instances may call it at once.</summary>
    /// <exception cref="NotSupportedException">The server is older than PostgreSQL 15.</exception>
    public static async Task CreateAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (connection.PostgreSqlVersion.Major < 15)
        {
            throw new NotSupportedException($"PostgreSQL 15 or newer is needed; {connection.Host} is {connection.PostgreSqlVersion}");
        }

        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({MigrationLock}); {Create}", connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
