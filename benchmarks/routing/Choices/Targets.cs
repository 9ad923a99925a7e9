using System.Globalization;
using Measure;

namespace Choices;

/// <summary>What the project promises of these figures, each with what was measured.</summary>
internal static class Targets
{
    private static readonly (string Workload, double Limit)[] LookUps = [("ring-throughput", 10), ("ring-dependent", 15), ("slot", 2)];

    public static IEnumerable<string> Judge(ResultTable table)
    {
        foreach (var (workload, limit) in LookUps)
        {
            if (table.Rows.FirstOrDefault(row => row.Workload == workload && row.Subject == "evenkeel" && row.Unit == "ns/look-up") is { } row)
            {
                var verdict = row.Median <= limit ? "met" : "NOT MET";
                var read = table.Rows.FirstOrDefault(other => other.Workload == workload && other.Subject == "one-read" && other.Unit == row.Unit);
                var beside = read is null ? "" : string.Create(CultureInfo.InvariantCulture, $" (one read of as much memory: {read.Median:0.0#} ns)");
                yield return string.Create(CultureInfo.InvariantCulture, $"{workload}: {row.Median:0.0#} ns{beside}, at most {limit} ns: {verdict}.");
            }
        }

        var bytes = table.Rows.Where(row => row.Unit.StartsWith("bytes/", StringComparison.Ordinal)).ToList();
        if (bytes.Count > 0)
        {
            // A run that allocates once, such as room for a larger number of endpoints, shows in its maximum and not in the median.
            var allocating = bytes.Where(row => row.Median > 0).Select(row => $"{row.Workload} {row.Subject}").ToList();
            yield return allocating.Count == 0
                ? $"allocation: 0 bytes for each of {bytes.Count} rows, at most 0: met."
                : $"allocation, at most 0 bytes: NOT MET by {string.Join(", ", allocating)}.";
        }
    }
}
