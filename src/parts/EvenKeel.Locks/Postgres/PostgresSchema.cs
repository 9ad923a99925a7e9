using Npgsql;

namespace EvenKeel.Locks.Postgres;

/// <summary>
/// The tables and functions, in a schema of their own. <c>lease</c> has one row for each name that was ever locked: who holds it, until when by the
/// database's clock, and the last token. <c>lease_waiter</c> is the queue. <c>fence</c> has the highest token that each resource has seen.
/// </summary>
internal static class PostgresSchema
{
    // Any number that others are unlikely to use: two clients that create the schema at once would fail without it.
    private const long CreationLock = 0x45_4b_4c_4f_43_4b;

    /// <summary>Creates what is missing.</summary>
    public static async Task CreateAsync(NpgsqlDataSource source, string schema, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand(Script(schema), connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Script(string s) => $"""
        SELECT pg_advisory_xact_lock({CreationLock});
        CREATE SCHEMA IF NOT EXISTS {s};
        CREATE TABLE IF NOT EXISTS {s}.lease (
          name text PRIMARY KEY, token bigint NOT NULL, owner text, expires_at timestamptz NOT NULL) WITH (fillfactor = 50);
        CREATE TABLE IF NOT EXISTS {s}.lease_waiter (
          name text NOT NULL, owner text NOT NULL, ticket bigint GENERATED ALWAYS AS IDENTITY, alive_until timestamptz NOT NULL,
          PRIMARY KEY (name, owner));
        CREATE INDEX IF NOT EXISTS lease_waiter_order ON {s}.lease_waiter (name, ticket);
        CREATE TABLE IF NOT EXISTS {s}.fence (resource text PRIMARY KEY, token bigint NOT NULL) WITH (fillfactor = 50);

        CREATE OR REPLACE FUNCTION {s}.lease_head(p_name text, p_now timestamptz) RETURNS text LANGUAGE sql AS $$
          SELECT owner FROM {s}.lease_waiter WHERE name = p_name AND alive_until > p_now ORDER BY ticket LIMIT 1
        $$;

        CREATE OR REPLACE FUNCTION {s}.lease_acquire(
          p_name text, p_owner text, p_lease interval, p_patience interval, OUT o_token bigint, OUT o_remaining interval, OUT o_ahead bigint)
        LANGUAGE plpgsql AS $$
        DECLARE
          l {s}.lease%ROWTYPE;
          t timestamptz;
          head text;
          mine bigint;
        BEGIN
          LOOP
            SELECT * INTO l FROM {s}.lease WHERE name = p_name FOR UPDATE;
            EXIT WHEN FOUND;
            INSERT INTO {s}.lease VALUES (p_name, 0, NULL, '-infinity') ON CONFLICT DO NOTHING;
          END LOOP;
          t := clock_timestamp();
          o_token := 0;
          o_remaining := '0';
          o_ahead := 0;
          IF l.owner = p_owner AND l.expires_at > t THEN
            o_token := l.token;
            UPDATE {s}.lease SET expires_at = t + p_lease WHERE name = p_name;
            RETURN;
          END IF;
          IF l.owner IS NULL OR l.expires_at <= t THEN
            head := {s}.lease_head(p_name, t);
            IF head IS NULL OR head = p_owner THEN
              o_token := greatest(l.token + 1, (extract(epoch FROM t) * 1000000)::bigint);
              DELETE FROM {s}.lease_waiter WHERE name = p_name AND (owner = p_owner OR alive_until <= t);
              UPDATE {s}.lease SET owner = p_owner, token = o_token, expires_at = t + p_lease WHERE name = p_name;
              RETURN;
            END IF;
          ELSE
            o_remaining := l.expires_at - t;
          END IF;
          -- A place in the queue that a crash forgets is taken again at the next look: nobody waits for the disk.
          PERFORM set_config('synchronous_commit', 'off', true);
          IF p_patience > '0' THEN
            UPDATE {s}.lease_waiter SET alive_until = t + p_patience WHERE name = p_name AND owner = p_owner RETURNING ticket INTO mine;
            IF NOT FOUND THEN
              DELETE FROM {s}.lease_waiter WHERE name = p_name AND alive_until <= t;
              INSERT INTO {s}.lease_waiter (name, owner, alive_until) VALUES (p_name, p_owner, t + p_patience) RETURNING ticket INTO mine;
            END IF;
          END IF;
          SELECT count(*) INTO o_ahead FROM {s}.lease_waiter WHERE name = p_name AND alive_until > t AND (mine IS NULL OR ticket < mine);
        END
        $$;

        CREATE OR REPLACE FUNCTION {s}.lease_release(p_name text, p_owner text, p_token bigint) RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE
          l {s}.lease%ROWTYPE;
          t timestamptz;
          head text;
          released boolean;
        BEGIN
          SELECT * INTO l FROM {s}.lease WHERE name = p_name FOR UPDATE;
          IF NOT FOUND THEN
            RETURN false;
          END IF;
          -- A release that a crash forgets leaves the lock held until its lease ends, which holds for a client that crashes as well.
          PERFORM set_config('synchronous_commit', 'off', true);
          t := clock_timestamp();
          released := coalesce(l.owner = p_owner, false) AND l.expires_at > t AND (p_token = 0 OR p_token = l.token);
          DELETE FROM {s}.lease_waiter WHERE name = p_name AND owner = p_owner;
          IF released THEN
            UPDATE {s}.lease SET owner = NULL, expires_at = '-infinity' WHERE name = p_name;
          END IF;
          IF released OR l.owner IS NULL OR l.expires_at <= t THEN
            head := {s}.lease_head(p_name, t);
            IF head IS NOT NULL THEN
              PERFORM pg_notify('evenkeel_lock_' || split_part(head, ':', 1), head);
            END IF;
          END IF;
          RETURN released;
        END
        $$;
        """;
}
