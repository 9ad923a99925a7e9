namespace Metering.Ingest;

/// <summary>
/// The two statements that store a batch. The arrays are read several times in each, because that costs less than copies of the rows.
/// </summary>
internal static class StoreSql
{
    private const string Keys = """
        INSERT INTO metering.event_key (tenant_id, event_id, body_hash, event_time)
        SELECT * FROM unnest(@tenants, @ids, @hashes, @times)
        """;

    private const string Events = """
        INSERT INTO metering.usage_event
            (customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms)
        SELECT customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms
        FROM unnest(@customers, @times, @tenants, @ids, @endpoints, @models, @inputs, @outputs, @tokens, @latencies) WITH ORDINALITY
        AS e(customer_id, event_time, tenant_id, event_id, endpoint, model, input_tokens, output_tokens, tokens, latency_ms, place)
        """;

    /// <summary>
    /// For a batch without an id that is taken, else it is refused as a whole (23505). Without ON CONFLICT the server needs neither a look before
    /// each INSERT nor a lock and a confirmation for each row. <c>@partitions</c> and <c>@starts</c> are the windows of the batch, each once; the rows
    /// that are returned are those that were closed, by <c>partition</c> and <c>start</c>.
    /// </summary>
    /// <param name="mark">A WITH query that marks the closed windows of the query <c>fresh</c> and returns them.</param>
    public static string OfNew(string mark) => $"""
        WITH claimed AS ({Keys}),
        stored AS ({Events}),
        fresh AS (SELECT e.partition, e.start FROM unnest(@partitions, @starts) AS e(partition, start)),
        late AS ({mark})
        SELECT partition, start FROM late
        """;

    /// <summary>
    /// For any batch. <c>@partitions</c> and <c>@starts</c> are those of each event; a row that is returned has the place of an event, from 1, and true
    /// when it fell into a closed window, or false when its id was taken. When all ids were free none is looked up.
    /// </summary>
    /// <param name="mark">A WITH query that marks the closed windows of the query <c>fresh</c> and returns them.</param>
    public static string OfAny(string mark) => $"""
        WITH claimed AS ({Keys} ON CONFLICT DO NOTHING RETURNING tenant_id, event_id),
        taken AS MATERIALIZED (
            SELECT e.place FROM unnest(@tenants, @ids) WITH ORDINALITY AS e(tenant_id, event_id, place)
            WHERE (SELECT count(*) FROM claimed) < cardinality(@ids)
              AND (e.tenant_id, e.event_id) NOT IN (SELECT claimed.tenant_id, claimed.event_id FROM claimed)),
        stored AS ({Events} WHERE e.place NOT IN (SELECT place FROM taken)),
        fresh AS (
            SELECT e.place, e.partition, e.start FROM unnest(@partitions, @starts) WITH ORDINALITY AS e(partition, start, place)
            WHERE e.place NOT IN (SELECT place FROM taken)),
        late AS ({mark})
        SELECT fresh.place, true FROM fresh JOIN late USING (partition, start) UNION ALL SELECT place, false FROM taken
        """;
}
