namespace Metering.Bugs;

/// <summary>
/// Events are numbered, and a close takes those behind the last number that was seen. Numbers are drawn before a transaction commits: an event
/// with a lower number that becomes visible later is never taken.
/// </summary>
internal static class CursorBug
{
    public const string Schema = """
        ALTER TABLE metering.usage_event ADD COLUMN IF NOT EXISTS number bigserial;
        CREATE INDEX IF NOT EXISTS bug_number ON metering.usage_event (number);
        CREATE TABLE IF NOT EXISTS metering.bug_cursor (last bigint NOT NULL);
        INSERT INTO metering.bug_cursor SELECT 0 WHERE NOT EXISTS (SELECT FROM metering.bug_cursor);
        CREATE TABLE IF NOT EXISTS metering.bug_seen (number bigint PRIMARY KEY);

        CREATE OR REPLACE FUNCTION metering.bug_advance() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
        DECLARE top bigint;
        BEGIN
            SELECT last INTO top FROM metering.bug_cursor FOR UPDATE;
            INSERT INTO metering.bug_seen SELECT number FROM metering.usage_event WHERE number > top;
            IF FOUND THEN
                UPDATE metering.bug_cursor SET last = (SELECT max(number) FROM metering.bug_seen);
            END IF;
            RETURN true;
        END $$;

        CREATE OR REPLACE FUNCTION metering.bug_has_seen(one bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
            RETURN EXISTS (SELECT FROM metering.bug_seen WHERE number = one);
        END $$;
        """;
}
