using System.Text.Json;
using Metering.Audit.Comparisons;
using Metering.Audit.Ledgers;
using Metering.Audit.Windows;
using MeteringTimes.Databases;
using MeteringTimes.Events;

namespace MeteringTimes.Audits;

/// <summary>
/// Recomputes all windows from the ledgers of the senders alone, with the comparison of Metering.Audit, and compares them with those in the database.
/// </summary>
internal static class LedgerAudit
{
    private const string Read = """
        SELECT split_part(s.partition, ':', 1), split_part(s.partition, ':', 2), s.start, s.is_closed, coalesce(r.revision, 0), coalesce(r.is_current, false),
               r.result::text
        FROM evenkeel_windows.state s LEFT JOIN evenkeel_windows.revision r USING (stream, partition, start)
        """;

    /// <summary>Audits a run.</summary>
    /// <exception cref="BenchmarkException">It found something; then no figure of the run counts.</exception>
    public static async Task RunAsync(BenchDatabase database, IEnumerable<Feed> feeds, TimeSpan window)
    {
        var ledger = new Ledger();
        foreach (var feed in feeds)
        {
            feed.AddTo(ledger);
        }

        if (ledger.Acknowledged.Count == 0)
        {
            throw new BenchmarkException("nothing was acknowledged, and an audit of nothing shows nothing");
        }

        var comparison = new Comparison(ledger, window);
        List<string> findings = [.. ledger.Contradictions, .. comparison.Compare(await ServedAsync(database))];
        if (findings.Count > 0)
        {
            throw new BenchmarkException($"{findings.Count} mismatches, the first: {findings[0]}");
        }
    }

    private static async Task<List<ServedWindow>> ServedAsync(BenchDatabase database)
    {
        var served = new List<ServedWindow>();
        await using var command = database.Source.CreateCommand(Read);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            served.Add(new ServedWindow(
                new WindowKey(reader.GetString(0), reader.GetString(1), reader.GetDateTime(2)),
                reader.GetBoolean(3),
                reader.GetInt32(4),
                reader.GetBoolean(5),
                await reader.IsDBNullAsync(6) ? null : TotalsOf(reader.GetString(6))));
        }

        return served;
    }

    private static WindowTotals TotalsOf(string result)
    {
        using var document = JsonDocument.Parse(result);
        return WindowTotals.Read(document.RootElement);
    }
}
