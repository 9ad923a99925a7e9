using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Runs;
using EvenKeel.Proof.Tests.Servers;

namespace EvenKeel.Proof.Tests.Runs;

/// <summary>A load with a ledger, and a program that decides: here small scripts of a shell.</summary>
[Trait("Category", "Process")]
public sealed class AuditProcessTests
{
    [Fact]
    public async Task An_audit_gets_the_whole_ledger_and_the_addresses_of_the_cluster()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, Bug.None, ProveLoad.Once, """
            echo "$EVENKEEL_GATEWAY | $EVENKEEL_INSTANCES | $EVENKEEL_CONNECTION_BIG_DB | $EVENKEEL_SEED | $GREETING | $PWD"
            echo "PASS: $(wc -l < "$EVENKEEL_LEDGER") lines"
            """);

        Assert.Equal((Verdict.Pass, 0), (result.Verdict, result.ExitCode));
        var requests = result.Scenarios[0].History.Operations.Where(operation => operation.Kind == OperationKind.Request).ToList();
        Assert.True(requests.Count > 100);
        var audit = Audit(result);
        Assert.Equal((CheckStatus.Passed, requests.Count), (audit.Status, audit.Examined));
        Assert.EndsWith($"PASS: {requests.Count} lines", audit.Summary, StringComparison.Ordinal);
        string[] written = await File.ReadAllLinesAsync(result.Folder.File("audit-1.txt"), TestContext.Current.CancellationToken);
        var words = written[0].Split(" | ");
        Assert.All((string[])[words[0], .. words[1].Split(' ')], address => Assert.Matches(@"^http://127\.0\.0\.1:\d+$", address));
        Assert.Equal(2, words[1].Split(' ').Length);
        Assert.Equal(["postgres://127.0.0.1:1/db", "3", "hello", folder.Path], words[2..]);
        Assert.All(
            await File.ReadAllLinesAsync(result.Folder.File("ledger-1.jsonl"), TestContext.Current.CancellationToken),
            line => Assert.Equal("ok", JsonDocument.Parse(line).RootElement.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_violation_of_the_audit_is_that_of_the_proof_with_its_findings()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, Bug.None, ProveLoad.Once, "echo 'mismatches: 2'; echo '  one is lost'; echo '  one is there twice'; echo 'VIOLATION: 2 mismatches'; exit 10");

        Assert.Equal((Verdict.Violation, 10), (result.Verdict, result.ExitCode));
        Assert.Equal("VIOLATION: The audit found a violation: VIOLATION: 2 mismatches", result.Sentence);
        Assert.Equal(["one is lost", "one is there twice"], Audit(result).Findings.Select(finding => finding.Sentence));
        Assert.Contains("one is there twice", await File.ReadAllTextAsync(result.ReportPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'the service did not answer' >&2; exit 4", "exit code 4, which is neither 0 nor 10: the service did not answer")]
    [InlineData("kill -9 $$", "exit code 137")]
    [InlineData("sleep 600", "it did not end within 2.0 s (checks.audit.timeout sets the time)")]
    public async Task An_audit_that_decides_nothing_makes_the_proof_inconclusive(string script, string why)
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, Bug.None, ProveLoad.Once, script, TimeSpan.FromSeconds(2));

        Assert.Equal((Verdict.Inconclusive, 11), (result.Verdict, result.ExitCode));
        Assert.Contains(why, result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_decides_nothing()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, Bug.None, ProveLoad.Once, ["./no-such-audit"], TimeSpan.FromSeconds(2));

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains("no-such-audit could not be started", result.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ProveLoad.Once)]
    [InlineData(ProveLoad.Resend)]
    public async Task What_was_not_decided_is_sent_again_as_it_was_when_the_file_says_so(ProveLoad load)
    {
        using var folder = new TemporaryFolder();

        // The front answers 503 for half a second after the kill.
        var result = await Run(folder, Bug.GoesDown, load, "exit 0", fault: new FaultOptions
        {
            Kind = FaultKind.Kill, Targets = ["web-2"], At = TimeSpan.FromMilliseconds(300),
        });

        var bySession = result.Scenarios[0].History.Operations.Where(operation => operation.Kind == OperationKind.Request)
            .GroupBy(operation => operation.Session).ToDictionary(group => group.Key, group => group.OrderBy(operation => operation.Attempt).ToList());
        var troubled = bySession.Values.Where(attempts => attempts[0].Outcome != OperationOutcome.Ok).ToList();
        Assert.NotEmpty(troubled);
        Assert.All(troubled, attempts => Assert.Equal(load == ProveLoad.Resend, attempts.Count > 1));
        Assert.All(troubled, attempts => Assert.Equal(load == ProveLoad.Resend, attempts[^1].Outcome == OperationOutcome.Ok));
        Assert.Equal(Enumerable.Range(0, troubled[0].Count), troubled[0].Select(operation => operation.Attempt));
        var ledger = await File.ReadAllLinesAsync(result.Folder.File("ledger-1.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(bySession.Values.Sum(attempts => attempts.Count), ledger.Length);
        var bodies = ledger.Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(line => line.GetProperty("n").GetInt64(), line => line.GetProperty("body").ToString());
        Assert.All(bodies, body => Assert.Single(body.Distinct()));
    }

    private static CheckResult Audit(ProofResult result) => result.Scenarios[0].Checks.Single(check => check.Name == CheckNames.Audit);

    private static Task<ProofResult> Run(
        TemporaryFolder folder, Bug bug, ProveLoad load, string script, TimeSpan? timeout = null, FaultOptions? fault = null) =>
        Run(folder, bug, load, ["sh", "-c", script], timeout ?? TimeSpan.FromSeconds(30), fault);

    private static async Task<ProofResult> Run(
        TemporaryFolder folder, Bug bug, ProveLoad load, string[] command, TimeSpan timeout, FaultOptions? fault = null)
    {
        var options = new ProveOptions
        {
            Seed = 3,
            Rate = 100,
            Load = load,
            Requests = [new RequestOptions { Method = "POST", Path = "/albums", Body = """{"id":"{uuid}","title":"{value}"}""" }],
            Control = TimeSpan.FromMilliseconds(600),
            Duration = TimeSpan.FromMilliseconds(1200),
            Settle = TimeSpan.FromSeconds(20),
            Probe = new ProbeOptions { Request = new RequestOptions { Method = "GET", Path = "/albums" }, Interval = TimeSpan.FromMilliseconds(40) },
            Faults = fault is null ? [] : [fault],
            Checks = new CheckOptions
            {
                MaxDowntime = null,
                Audit = new AuditOptions
                {
                    Command = command, Directory = folder.Path, Timeout = timeout, Environment = new Dictionary<string, string> { ["GREETING"] = "hello" },
                },
            },
        };
        var result = await new ProofRunner(options, new AlbumFactory(bug), new ProofSetup
        {
            StateFolder = Path.Combine(folder.Path, ".evenkeel"),
            ClusterName = "albums",
            ResolvedConfiguration = "version: 1\n",
            ReproCommand = "evenkeel prove --seed 3",
        }, new Listener(), TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(result.Text);
        return result;
    }

    private sealed class Listener : IProofObserver
    {
        public void Say(ProofLine line) => TestContext.Current.TestOutputHelper?.WriteLine(line.ToString());
    }
}
