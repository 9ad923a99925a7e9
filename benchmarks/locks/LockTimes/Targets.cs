using System.Globalization;
using Measure;

namespace LockTimes;

/// <summary>What the project aims at, each with what was measured.</summary>
internal static class Targets
{
    private static readonly (string Subject, string Plain)[] Pairs = [("node", "redis-plain"), ("redis", "redis-plain"), ("postgresql", "postgresql-advisory")];

    public static IEnumerable<string> Judge(ResultTable table)
    {
        double? Median(string workload, string subject, string unit) =>
            table.Rows.FirstOrDefault(row => row.Workload == workload && row.Subject == subject && row.Unit == unit)?.Median;

        foreach (var (subject, plain) in Pairs)
        {
            if (Median("pair-1", subject, "requests/pair") is { } requests)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{subject}: {requests:0.00} requests for acquire and release, 2: {(requests < 2.05 ? "met" : "NOT MET")}.");
            }

            if (Median("pair-1", subject, "us/pair") is { } time && Median("pair-1", plain, "us/pair") is { } other)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{subject}: {time / other:0.00} times {plain}, at most 2: {(time <= 2 * other ? "met" : "NOT MET")}.");
            }

            if (Median("hand-over-1", subject, "requests/hand-over") is { } one && Median("hand-over-100", subject, "requests/hand-over") is { } hundred)
            {
                var verdict = hundred < one + 2 ? "met" : "NOT MET";
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{subject}: {one:0.0} requests for a hand-over with 1 waiter, {hundred:0.0} with 100; the same but for noise: {verdict}.");
            }
        }
    }
}
