using System.Globalization;
using Measure;
using MeteringTimes.Closings;
using MeteringTimes.Rungs;

namespace MeteringTimes;

/// <summary>What the project aims at, each with what was measured.</summary>
internal static class Targets
{
    // The service that the workload comes from: 4,696 events a second on three cores, each acknowledged when it is in a list in memory.
    private const double Original = 4696.0 / 3;

    public static IEnumerable<string> Judge(ResultTable table, string durability)
    {
        double? Median(string workload, string subject, string unit) =>
            table.Rows.FirstOrDefault(row => row.Workload == workload && row.Subject == subject && row.Unit == unit)?.Median;
        double? Hot(string workload, string unit) => Median(workload, Ladder.Plain.Name, unit);
        const string ServiceCpu = $"{Bench.Service} CPU s/M";
        const string PostgresCpu = $"{Bench.Postgres} CPU s/M";

        if (Hot("single-350", ServiceCpu) is { } service)
        {
            yield return Line(
                1e6 / service >= 2.5 * Original,
                $"single events: {1e6 / service:0} for a CPU second of the service, {1e6 / service / Original:0.00} times {Original:0}; 2.5 times or more");
        }

        yield return $"acknowledged means committed, with {durability}: every answer of a run was compared with what is stored.";
        if (Hot("single-paced", "p99 ms") is { } p99)
        {
            yield return Line(p99 <= 100, $"single events at half of the saturation: p99 {p99:0.0} ms, at most 100");
        }

        foreach (var batch in new[] { "batch-1000", "batch-5000" })
        {
            if (Hot(batch, PostgresCpu) is { } cost && Hot("copy-table", PostgresCpu) is { } limit)
            {
                yield return Line(
                    limit / cost >= 0.6, $"{batch}: {100 * limit / cost:0} % of the events of copy-table for a CPU second of PostgreSQL, at least 60");
            }
        }

        foreach (var close in new[] { "close-5", "close-5000", "close-loaded" })
        {
            if (Median(close, ClosingRun.Subject, "ms after the grace") is { } delay)
            {
                yield return Line(delay <= 1000, $"{close}: closed {delay:0} ms after the grace, at most 1000");
            }
        }

        if (Median("late", ClosingRun.Subject, "ms to the revision, longest") is { } late)
        {
            yield return Line(late < 3000, $"late event to its revision: {late:0} ms for the longest of a run, below 3000");
        }
    }

    private static string Line(bool isReached, FormattableString what) =>
        $"{what.ToString(CultureInfo.InvariantCulture)}: {(isReached ? "reached" : "NOT reached")}.";
}
