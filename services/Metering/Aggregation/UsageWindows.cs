using EvenKeel.Windows.Options;
using Metering.Hosting;

namespace Metering.Aggregation;

/// <summary>The stream of windows: one partition for each customer, <c>tenant:customer</c>, and one result for each window.</summary>
internal static class UsageWindows
{
    public const string Stream = "usage";

    /// <summary>
    /// Totals and break-downs from the same rows, so that they cannot disagree. The average is rounded to microseconds: a result has to be the
    /// same whenever it is computed.
    /// </summary>
    public static readonly string Aggregate = AggregateOf("event_time >= @start AND event_time < @end");

    public static WindowOptions Options(MeteringSettings settings, string aggregate) => new()
    {
        Stream = Stream,
        Aggregate = aggregate,
        Length = settings.Window,
        Grace = settings.Grace,
        Lease = settings.Claim,
        MaxLateness = settings.Window + settings.Grace < TimeSpan.FromDays(1) ? TimeSpan.FromDays(7) : TimeSpan.FromDays(30),
    };

    /// <summary>The SELECT with a condition for the times of a window; another one than the right one only for a planted bug.</summary>
    public static string AggregateOf(string times) => $"""
        WITH part AS (
            SELECT endpoint, model, count(*) AS calls, sum(tokens) AS tokens, sum(input_tokens) AS inputs, sum(output_tokens) AS outputs,
                   sum(latency_ms) AS latency, count(latency_ms) AS latencies
            FROM metering.usage_event
            WHERE customer_id = (SELECT id FROM metering.customer
                                 WHERE tenant_id = split_part(@partition, ':', 1)::int AND external_id = split_part(@partition, ':', 2))
              AND {times}
            GROUP BY endpoint, model)
        SELECT 'total' AS key, jsonb_build_object(
            'totalCalls', sum(calls), 'totalTokens', sum(tokens), 'totalInputTokens', sum(inputs), 'totalOutputTokens', sum(outputs),
            'avgLatencyMs', round(sum(latency) / nullif(sum(latencies), 0), 3),
            'byEndpoint', (SELECT jsonb_object_agg(endpoint, jsonb_build_object('calls', calls, 'tokens', tokens))
                           FROM (SELECT endpoint, sum(calls) AS calls, sum(tokens) AS tokens FROM part GROUP BY endpoint) AS e),
            'byModel', coalesce((SELECT jsonb_object_agg(model, jsonb_build_object('calls', calls, 'tokens', tokens))
                       FROM (SELECT model, sum(calls) AS calls, sum(tokens) AS tokens FROM part WHERE model IS NOT NULL GROUP BY model) AS m), '{"{}"}')) AS result
        FROM part HAVING count(*) > 0
        """;
}
