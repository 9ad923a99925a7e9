using System.Globalization;
using Metering.Audit.Comparisons;
using Metering.Audit.Instances;
using Metering.Audit.Ledgers;
using Metering.Audit.Windows;

namespace Metering.Audit;

/// <summary>
/// One audit: 1. read the ledgers; 2. wait until the service has closed and revised what the ledgers know; 3. compare; 4. look at what each
/// instance did; 5. say the verdict.
/// </summary>
internal sealed class AuditRun(AuditArguments arguments, TextWriter output, TimeProvider time)
{
    private const int Pass = 0;
    private const int Violation = 10;
    private const int Inconclusive = 11;
    private const int ShownFindings = 50;
    private const double LeastShare = 0.4;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // 1.
        var ledger = LedgerReader.Read(arguments.Ledgers!);
        Say($"ledger: {ledger.Operations} operations, {ledger.Acknowledged.Count} events acknowledged, {ledger.Duplicates} acknowledged again, "
            + $"{ledger.Rejected} rejected, {ledger.Unknown.Count()} unknown");
        if (ledger.Recovered > 0)
        {
            Say($"of them {ledger.Recovered} were stored although nobody was told, and acknowledged when they were sent again");
        }

        if (ledger.Acknowledged.Count == 0)
        {
            return Conclude(Inconclusive, $"no event was acknowledged in {arguments.Ledgers}: send a load first, such as make k6-smoke-multi");
        }

        // 2.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = arguments.Url, Timeout = TimeSpan.FromSeconds(30) };
        var client = new WindowClient(http, arguments.Keys);
        var comparison = new Comparison(ledger, arguments.Window);
        var (first, last) = comparison.Range;
        var (windows, overdue) = await SettledAsync(client, comparison, first, last + arguments.Window, cancellationToken);

        // 3.
        List<string> findings = [.. ledger.Contradictions, .. comparison.Compare(windows)];
        Say($"windows: {comparison.Windows.Count} in the ledger, {windows.Select(window => window.Key).Distinct().Count()} served, "
            + $"{windows.Count(window => window.Revision > 1)} revisions after late events, {overdue} open below the watermark");
        Say($"mismatches: {findings.Count}");
        foreach (var finding in findings.Take(ShownFindings))
        {
            Say("  " + finding);
        }

        if (findings.Count > ShownFindings)
        {
            Say($"  ... and {findings.Count - ShownFindings} more");
        }

        // 4. 5.
        var unseen = await LookAtInstancesAsync(http, cancellationToken);
        return findings.Count > 0 ? Conclude(Violation, $"{findings.Count} mismatches between the ledger and the windows")
            : overdue > 0 ? Conclude(Violation, $"{overdue} windows are open below the watermark")
            : unseen.Count > 0 ? Conclude(Inconclusive, $"0 mismatches, but {string.Join("; ", unseen)}")
            : Conclude(Pass, $"0 mismatches in {comparison.Windows.Count} windows of {ledger.Acknowledged.Count} events");
    }

    // The last windows close a grace after their end, and late events are taken into account a little after that.
    private async Task<(IReadOnlyList<ServedWindow> Windows, long Overdue)> SettledAsync(
        WindowClient client, Comparison comparison, DateTime from, DateTime to, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var lag = await client.LagAsync(cancellationToken);
            var windows = await client.ReadAsync(from, to, cancellationToken);
            var closed = windows.Where(window => window.IsClosed).Select(window => window.Key).ToHashSet();
            if ((lag is (0, 0) && comparison.Windows.All(closed.Contains)) || time.GetElapsedTime(since) > arguments.Wait)
            {
                return (windows, lag.Overdue);
            }

            await Task.Delay(Look, time, cancellationToken);
        }
    }

    private async Task<List<string>> LookAtInstancesAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var figures = new List<InstanceFigures>();
        foreach (var address in arguments.Instances)
        {
            figures.Add(await InstanceFigures.ReadAsync(http, address, cancellationToken));
        }

        var served = figures.Sum(one => one.Served);
        var closed = figures.Sum(one => one.Closed);
        foreach (var one in figures)
        {
            Say($"instance {one.Address.Authority}: served {one.Served} ({Share(one.Served, served)}), closed {one.Closed} windows ({Share(one.Closed, closed)}), "
                + $"contention {one.Contention}");
        }

        List<string> unseen = [];
        if (figures.Count > 1)
        {
            var least = LeastShare * 2 / figures.Count;
            unseen.AddRange(figures.Where(one => one.Served < served * least || one.Served == 0)
                .Select(one => $"{one.Address.Authority} served {Share(one.Served, served)} of the events, not about its share"));
            unseen.AddRange(figures.Where(one => one.Closed == 0).Select(one => $"{one.Address.Authority} closed no window"));
            if (figures.Sum(one => one.Contention) == 0)
            {
                unseen.Add("no lock was contended");
            }
        }

        return unseen;
    }

    private int Conclude(int code, string why)
    {
        Say($"{(code == Pass ? "PASS" : code == Violation ? "VIOLATION" : "INCONCLUSIVE")}: {why}");
        return code;
    }

    private static string Share(double part, double whole) => whole == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{part / whole * 100:0.0} %");

    private void Say(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private void Say(string text) => output.WriteLine(text);
}
