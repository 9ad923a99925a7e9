using Metering.Audit.Comparisons;
using Metering.Audit.Ledgers;
using Metering.Audit.Windows;

namespace Metering.Audit.Tests;

/// <summary>Windows that are right, and each way in which they can be wrong.</summary>
public sealed class ComparisonTests
{
    private static readonly DateTime Start = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
    private static readonly WindowKey First = new("1", "ada", Start);
    private static readonly WindowKey Second = new("1", "ada", Start.AddSeconds(30));

    [Fact]
    public void Windows_that_agree_give_no_finding() => Assert.Empty(Compare(Right()));

    [Fact]
    public void An_event_at_the_boundary_belongs_to_the_window_that_begins_there()
    {
        var shifted = Right();
        shifted[0] = Served(First, Usage("a", 1), Usage("b", 29), Usage("c", 30));
        shifted[1] = Served(Second, Usage("d", 31));

        Assert.Equal(2, Compare(shifted).Count(finding => finding.Contains("totalCalls", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_window_that_is_missing_is_found()
    {
        var finding = Assert.Single(Compare([Right()[0]]));

        Assert.Contains("missing; 2 acknowledged events", finding, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_was_counted_twice_or_not_at_all_is_found()
    {
        var twice = Right();
        twice[0] = Served(First, Usage("a", 1), Usage("b", 29), Usage("b", 29));
        var lost = Right();
        lost[1] = Served(Second, Usage("c", 30));

        Assert.Contains(Compare(twice), finding => finding.Contains("totalCalls is 3, the ledger says 2", StringComparison.Ordinal));
        Assert.Contains(Compare(lost), finding => finding.Contains("totalCalls is 1, the ledger says 2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_breakdown_that_disagrees_with_right_totals_is_found()
    {
        var moved = Right();
        moved[0] = Served(First, Usage("a", 1), Usage("b", 29) with { Endpoint = "/other" });

        Assert.Contains(Compare(moved), finding => finding.Contains("byEndpoint /other is 1 calls", StringComparison.Ordinal));
    }

    [Fact]
    public void Open_windows_strangers_and_revisions_out_of_order_are_found()
    {
        Assert.Contains("still open", Assert.Single(Compare([Right()[0] with { IsClosed = false }, Right()[1]])), StringComparison.Ordinal);
        Assert.Contains("somebody else", Assert.Single(Compare([.. Right(), Served(new("1", "eve", Start), Usage("x", 1))])), StringComparison.Ordinal);
        Assert.Contains("2 revisions are current", Assert.Single(Compare([.. Right(), Right()[0] with { Revision = 2 }])), StringComparison.Ordinal);
        Assert.Contains("not 1 to 1", Assert.Single(Compare([Right()[0] with { Revision = 2 }, Right()[1]])), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_unknown_outcome_may_be_counted_or_not_and_no_more()
    {
        Assert.Empty(Compare(Right(), Usage("u", 2)));
        Assert.Empty(Compare([Served(First, Usage("a", 1), Usage("b", 29), Usage("u", 2)), Right()[1]], Usage("u", 2)));
        Assert.Single(Compare([Served(First, Usage("a", 1), Usage("b", 29), Usage("u", 2), Usage("v", 3)), Right()[1]], Usage("u", 2)));
    }

    [Fact]
    public void An_event_that_was_acknowledged_as_new_twice_is_a_contradiction()
    {
        var ledger = new Ledger();
        ledger.Add(Usage("a", 1), "ok", isNew: true);
        ledger.Add(Usage("a", 1), "ok", isNew: false);
        Assert.Empty(ledger.Contradictions);

        ledger.Add(Usage("a", 1), "ok", isNew: true);

        Assert.Single(ledger.Contradictions);
        Assert.Single(ledger.Acknowledged);
    }

    [Fact]
    public async Task Without_an_acknowledged_event_the_audit_is_inconclusive()
    {
        using var output = new StringWriter();
        var arguments = AuditArguments.Read(["--url", "http://127.0.0.1:9", "--ledgers", "/nowhere", "--key", "1=k"], _ => null);

        Assert.Equal(11, await new AuditRun(arguments, output, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("INCONCLUSIVE: no event was acknowledged", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_was_there_when_it_was_first_acknowledged_counts_as_recovered_and_one_that_was_told_of_does_not()
    {
        var ledger = new Ledger();
        ledger.Add(Usage("a", 1), "unknown", isNew: false);
        ledger.Add(Usage("a", 1), "ok", isNew: false);
        ledger.Add(Usage("a", 1), "ok", isNew: false);
        ledger.Add(Usage("b", 1), "ok", isNew: true);

        Assert.Equal((1, 2), (ledger.Recovered, ledger.Duplicates));
        Assert.Equal(2, ledger.Acknowledged.Count);
        Assert.Empty(ledger.Unknown);
    }

    [Fact]
    public void What_a_proof_says_in_the_environment_stands_for_what_the_command_line_leaves_out()
    {
        var said = new Dictionary<string, string> { ["EVENKEEL_GATEWAY"] = "http://127.0.0.1:8080", ["EVENKEEL_LEDGER"] = "/run/ledger-1.jsonl" };

        var arguments = AuditArguments.Read(["--key", "1=k"], said.GetValueOrDefault);
        var other = AuditArguments.Read(["--key", "1=k", "--url", "http://127.0.0.1:9"], said.GetValueOrDefault);

        Assert.Equal((new Uri("http://127.0.0.1:8080"), "/run/ledger-1.jsonl"), (arguments.Url, arguments.Ledgers));
        Assert.Equal(new Uri("http://127.0.0.1:9"), other.Url);
        Assert.Throws<AuditException>(() => AuditArguments.Read(["--key", "1=k"], _ => null));
    }

    [Theory]
    [InlineData("--url", "ftp://x")]
    [InlineData("--wait", "0")]
    [InlineData("--key", "1")]
    [InlineData("--ledgers")]
    public void A_command_line_that_cannot_be_meant_is_refused(params string[] words) =>
        Assert.Throws<AuditException>(() => AuditArguments.Read(words, _ => null));

    private static List<ServedWindow> Right() => [Served(First, Usage("a", 1), Usage("b", 29)), Served(Second, Usage("c", 30), Usage("d", 31))];

    private static IReadOnlyList<string> Compare(IReadOnlyList<ServedWindow> served, params Usage[] unknown)
    {
        var ledger = new Ledger();
        foreach (var usage in new[] { Usage("a", 1), Usage("b", 29), Usage("c", 30), Usage("d", 31) })
        {
            ledger.Add(usage, "ok", isNew: true);
        }

        ledger.Add(Usage("a", 1), "ok", isNew: false);
        ledger.Add(Usage("r", 1), "rejected", isNew: false);
        foreach (var usage in unknown)
        {
            ledger.Add(usage, "unknown", isNew: false);
        }

        return new Comparison(ledger, TimeSpan.FromSeconds(30)).Compare(served);
    }

    private static Usage Usage(string id, int second) => new("1", id, "ada", Start.AddSeconds(second), "/api/chat", "gpt-4", 10, 20, 30, 100);

    private static ServedWindow Served(WindowKey key, params Usage[] events)
    {
        var totals = new WindowTotals();
        foreach (var usage in events)
        {
            totals.Add(usage);
        }

        return new ServedWindow(key, IsClosed: true, Revision: 1, IsCurrent: true, totals);
    }
}
