using Metering.Aggregation;

namespace Metering.Bugs;

/// <summary>
/// Totals are kept in counters by customer that every stored event raises, and a close takes what is there: also what the next window got
/// meanwhile. The break-downs come from the events, so that the two disagree then.
/// </summary>
internal static class CounterBug
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS metering.bug_counter (
            customer_id int PRIMARY KEY, calls bigint NOT NULL, tokens bigint NOT NULL, inputs bigint NOT NULL, outputs bigint NOT NULL);

        CREATE OR REPLACE FUNCTION metering.bug_count() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO metering.bug_counter AS c
            SELECT customer_id, count(*), sum(tokens), sum(input_tokens), sum(output_tokens) FROM added GROUP BY customer_id ORDER BY customer_id
            ON CONFLICT (customer_id) DO UPDATE SET calls = c.calls + EXCLUDED.calls, tokens = c.tokens + EXCLUDED.tokens,
                inputs = c.inputs + EXCLUDED.inputs, outputs = c.outputs + EXCLUDED.outputs;
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER bug_count AFTER INSERT ON metering.usage_event
            REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION metering.bug_count();

        CREATE OR REPLACE FUNCTION metering.bug_take(whose text) RETURNS jsonb LANGUAGE sql VOLATILE AS $$
            DELETE FROM metering.bug_counter c USING metering.customer u
            WHERE u.id = c.customer_id AND u.tenant_id = split_part(whose, ':', 1)::int AND u.external_id = split_part(whose, ':', 2)
            RETURNING jsonb_build_object(
                'totalCalls', calls, 'totalTokens', tokens, 'totalInputTokens', inputs, 'totalOutputTokens', outputs)
        $$;
        """;

    public static readonly string Aggregate = $$"""
        SELECT counted.key, counted.result || coalesce(metering.bug_take(@partition), '{"totalCalls": 0}') AS result
        FROM ({{UsageWindows.Aggregate}}) AS counted
        """;
}
