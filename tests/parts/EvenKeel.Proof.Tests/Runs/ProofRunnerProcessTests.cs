using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Runs;
using EvenKeel.Proof.Tests.Servers;

namespace EvenKeel.Proof.Tests.Runs;

[Trait("Category", "Process")]
public sealed class ProofRunnerProcessTests
{
    [Fact]
    public async Task A_correct_service_passes_under_a_kill_and_leaves_all_files()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, new AlbumFactory(Bug.None), Options(Kill("web-2")));

        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.StartsWith("PASS: no violation in ", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        var fault = Assert.Single(result.Scenarios[0].Faults);
        Assert.True(fault.Confirmed);
        Assert.NotNull(fault.RecoveredAt);
        Assert.True(fault.OperationsDuring > 0);
        foreach (var file in new[] { "history.jsonl", "events.jsonl", "result.json", "report.html", "repro.txt", "config.resolved.yaml" })
        {
            Assert.True(File.Exists(result.Folder.File(file)), file);
        }

        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(result.Folder.File("result.json")));
        Assert.Equal("pass", json.RootElement.GetProperty("verdict").GetString());
        var lines = await File.ReadAllLinesAsync(result.Folder.File("history.jsonl"));
        Assert.Equal(result.Scenarios[0].History.Operations.Length, lines.Count(line => line.Contains("\"kind\":\"operation\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_exit_code_of_the_result_file_is_the_programs_also_when_only_the_report_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, ".evenkeel", "runs");

        var result = await Run(folder, new AlbumFactory(Bug.None), Options(Kill("web-2")), new Listener(line =>
            Directory.CreateDirectory(Path.Combine(Directory.GetDirectories(runs)[0], "report.html"))));

        Assert.Contains("report.html", result.Unwritten, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(result.Folder.File("result.json")));
        Assert.Equal((4, "pass"), (json.RootElement.GetProperty("exitCode").GetInt32(), json.RootElement.GetProperty("verdict").GetString()));
        Assert.Equal(4, result.ExitCode);
    }

    [Theory]
    [InlineData(false, Verdict.Pass, 4)]
    [InlineData(true, Verdict.Violation, 10)]
    public async Task A_verdict_outlives_a_record_that_cannot_be_written(bool loses, Verdict verdict, int exitCode)
    {
        using var folder = new TemporaryFolder();
        var runs = Path.Combine(folder.Path, ".evenkeel", "runs");

        // A folder of the file's name, made once the run has begun, refuses the file as a full disk would.
        var result = await Run(folder, new AlbumFactory(loses ? Bug.Loses : Bug.None), Options(Kill("web-2")), new Listener(line =>
            Directory.CreateDirectory(Path.Combine(Directory.GetDirectories(runs)[0], "result.json"))));

        Assert.Equal((verdict, exitCode), (result.Verdict, result.ExitCode));
        Assert.Contains("result.json", result.Unwritten, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_added_is_removed_after_everything_was_checked()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, new AlbumFactory(Bug.None), Options());

        var operations = result.Scenarios[0].History.Operations;
        var added = operations.Count(operation => operation is { Kind: OperationKind.Add, Outcome: OperationOutcome.Ok });
        Assert.True(added > 20);
        Assert.Equal(
            added,
            operations.Count(operation => operation is { Kind: OperationKind.Remove, Phase: OperationPhase.CleanUp, Outcome: OperationOutcome.Ok }));
    }

    [Fact]
    public Task Lists_of_their_own_are_found_to_diverge() => Finds(Bug.OwnLists, CheckNames.Divergence);

    [Fact]
    public Task A_service_that_loses_albums_is_found() => Finds(Bug.Loses, CheckNames.LostWrites);

    [Fact]
    public Task A_service_that_keeps_albums_twice_is_found() => Finds(Bug.Duplicates, CheckNames.Duplicates);

    [Fact]
    public Task A_service_that_shows_the_past_is_found() => Finds(Bug.ServesStale, CheckNames.StaleReads);

    [Fact]
    public Task A_front_that_fails_over_too_late_is_found() => Finds(Bug.GoesDown, CheckNames.Downtime);

    [Fact]
    public async Task Downtime_that_is_only_measured_does_not_decide()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, new AlbumFactory(Bug.GoesDown), Options(Kill("web-2")) with { Checks = new CheckOptions { MaxDowntime = null } });

        Assert.Equal(Verdict.Pass, result.Verdict);
        var downtime = Assert.IsType<DowntimeResult>(result.Scenarios[0].Downtime);
        Assert.InRange(downtime.Total, TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(2000));
    }

    [Fact]
    public async Task A_fault_that_was_not_seen_to_take_effect_proves_nothing()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, new AlbumFactory(Bug.None) { ConfirmsFaults = false }, Options(Kill("web-2")));

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal(11, result.ExitCode);
        Assert.Contains("could not be confirmed", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_operation_proves_nothing()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, new AlbumFactory(Bug.None), Options() with { Rate = 0 });

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains("sent no operation", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_pointer_is_explained_instead_of_blamed_on_the_service()
    {
        using var folder = new TemporaryFolder();
        var options = Options(Kill("web-2"));

        var result = await Run(folder, new AlbumFactory(Bug.None), options with { Workload = options.Workload! with { ItemValue = "/name" } });

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains(
            "workload.list.value '/name' does not match: the document is an object with id, title without 'name'",
            result.Sentence,
            StringComparison.Ordinal);
        Assert.Empty(result.Scenarios[0].Faults);
    }

    [Fact]
    public async Task A_pointer_that_leads_to_another_field_is_explained_too()
    {
        using var folder = new TemporaryFolder();
        var options = Options();

        var result = await Run(folder, new AlbumFactory(Bug.None), options with { Workload = options.Workload! with { ItemValue = "/id" } });

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains("was ever shown", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_fails_without_faults_makes_the_run_void()
    {
        using var folder = new TemporaryFolder();
        var probe = new ProbeOptions { Request = new RequestOptions { Method = "POST", Path = "/albums", Body = """{"id":"probe","title":"probe"}""" } };

        var result = await Run(folder, new AlbumFactory(Bug.FailsLists), Options(Kill("web-2")) with { Probe = probe });

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains("list http500", result.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Availability_alone_is_proved_by_the_probe()
    {
        using var folder = new TemporaryFolder();

        var result = await Run(
            folder,
            new AlbumFactory(Bug.None),
            Options(Kill("web-1")) with { Workload = null, Probe = new ProbeOptions { Request = Get("/albums"), Interval = TimeSpan.FromMilliseconds(20) } });

        Assert.Equal(Verdict.Pass, result.Verdict);
        Assert.All(result.Scenarios[0].History.Operations, operation => Assert.Equal(OperationKind.Probe, operation.Kind));
    }

    [Fact]
    public async Task A_pause_is_undone_and_the_system_stopped_when_the_run_is_cancelled()
    {
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        var factory = new AlbumFactory(Bug.None);
        var options = Options(
            new FaultOptions { Kind = FaultKind.Pause, Targets = ["web-1"], At = TimeSpan.FromMilliseconds(100), For = TimeSpan.FromMinutes(5) });
        var observer = new Listener(line =>
        {
            if (line.Topic == "fault" && line.Text.Contains("confirmed", StringComparison.Ordinal))
            {
                cancel.Cancel();
            }
        });

        var result = await Run(folder, factory, options, observer, cancel.Token);

        Assert.Equal(["web-1"], factory.Started[0].Resumed);
        Assert.True(factory.Started[0].Disposed);
        Assert.Equal(130, result.ExitCode);
        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Contains(
            "\"state\":\"cleared\"",
            await File.ReadAllTextAsync(Path.Combine(folder.Path, ".evenkeel", "run", "albums.faults.jsonl")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simultaneous_kills_are_measured_one_by_one_until_nobody_is_left()
    {
        using var folder = new TemporaryFolder();
        var options =
            Options() with { SimultaneousKills = true, TimeScale = 2, Control = TimeSpan.FromMilliseconds(600), Duration = TimeSpan.FromMilliseconds(1600) };

        var result = await Run(folder, new AlbumFactory(Bug.None) { Restart = TimeSpan.FromMilliseconds(1200) }, options);

        Assert.Equal([1, 2], result.SimultaneousKills.Select(row => row.Kills));
        Assert.True(result.SimultaneousKills[0].Survived);
        Assert.False(result.SimultaneousKills[1].Survived);
        Assert.InRange(result.SimultaneousKills[1].Downtime!.Value, TimeSpan.FromMilliseconds(450), TimeSpan.FromMilliseconds(2000));
        Assert.Contains("survives 1 simultaneous kill\n", result.Text, StringComparison.Ordinal);
        Assert.Contains("in real time", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_scenario_gets_a_fresh_system_and_its_own_verdict()
    {
        using var folder = new TemporaryFolder();
        var factory = new AlbumFactory(Bug.GoesDown);
        var options = Options() with
        {
            Scenarios =
            [
                new ScenarioOptions { Name = "measured", Faults = [Kill("web-1")], MeasureOnly = true },
                new ScenarioOptions { Name = "judged", Faults = [Kill("web-2")] },
            ],
        };

        var result = await Run(folder, factory, options);

        Assert.Equal([Verdict.Pass, Verdict.Violation], result.Scenarios.Select(scenario => scenario.Judgement.Verdict));
        Assert.Equal(Verdict.Violation, result.Verdict);
        Assert.EndsWith("[judged]", result.Sentence, StringComparison.Ordinal);
        Assert.Equal(2, factory.Started.Count);
        Assert.All(factory.Started, system => Assert.True(system.Disposed));
        var indexes = result.Scenarios.SelectMany(scenario => scenario.History.Operations.Select(operation => operation.Index)).ToList();
        Assert.Equal(indexes.Count, indexes.Distinct().Count());
    }

    [Fact]
    public async Task What_was_found_is_kept_when_a_later_system_does_not_start()
    {
        using var folder = new TemporaryFolder();
        var factory = new AlbumFactory(Bug.Loses) { Limit = 1 };

        var result = await Run(
            folder,
            factory,
            Options() with { Scenarios = [new ScenarioOptions { Name = "one", Faults = [] }, new ScenarioOptions { Name = "two", Faults = [] }] });

        Assert.Equal([Verdict.Violation, Verdict.Inconclusive], result.Scenarios.Select(scenario => scenario.Judgement.Verdict));
        Assert.Contains("no port is left", result.Scenarios[1].Judgement.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Run(folder, new AlbumFactory(Bug.None) { Limit = 0 }, Options()));
    }

    [Fact]
    public async Task A_fault_on_an_instance_that_does_not_exist_is_refused_and_everything_stopped()
    {
        using var folder = new TemporaryFolder();
        var factory = new AlbumFactory(Bug.None);

        var refused = await Assert.ThrowsAsync<ProofException>(() => Run(folder, factory, Options(Kill("web-7"))));

        Assert.Contains("'web-7'", refused.Message, StringComparison.Ordinal);
        Assert.True(factory.Started[0].Disposed);
    }

    private static async Task Finds(Bug bug, string check)
    {
        using var folder = new TemporaryFolder();

        var result = await Run(folder, new AlbumFactory(bug), Options(Kill("web-2")));

        Assert.Equal(Verdict.Violation, result.Verdict);
        Assert.Equal(10, result.ExitCode);
        Assert.StartsWith("VIOLATION: ", result.Sentence, StringComparison.Ordinal);
        var found = result.Scenarios[0].Checks.Single(found => found.Name == check);
        Assert.Equal(CheckStatus.Violated, found.Status);
        Assert.True(found.FindingCount > 0);
        Assert.Contains("What to do: ", result.Text, StringComparison.Ordinal);
        Assert.Contains($"  {check.ToUpperInvariant()}  ", result.Text, StringComparison.Ordinal);
    }

    private static async Task<ProofResult> Run(
        TemporaryFolder folder, AlbumFactory factory, ProveOptions options, IProofObserver? observer = null, CancellationToken cancellationToken = default)
    {
        var result = await new ProofRunner(options, factory, new ProofSetup
        {
            StateFolder = Path.Combine(folder.Path, ".evenkeel"),
            ClusterName = "albums",
            ResolvedConfiguration = "version: 1\n",
            ReproCommand = "evenkeel prove --seed 1",
        }, observer ?? new Listener(line => TestContext.Current.TestOutputHelper?.WriteLine(line.ToString())), TimeProvider.System).RunAsync(cancellationToken);

        // A failing test shows what a user would have seen.
        TestContext.Current.TestOutputHelper?.WriteLine(result.Text);
        return result;
    }

    private static ProveOptions Options(params FaultOptions[] faults) => new()
    {
        Rate = 100,
        Control = TimeSpan.FromMilliseconds(600),
        Duration = TimeSpan.FromMilliseconds(1200),
        Settle = TimeSpan.FromSeconds(20),
        Converge = TimeSpan.FromSeconds(1),
        Timeout = TimeSpan.FromSeconds(5),
        Probe = new ProbeOptions { Interval = TimeSpan.FromMilliseconds(40) },
        Faults = faults,
        Workload = new WorkloadOptions
        {
            Add = new RequestOptions { Method = "POST", Path = "/albums", Body = """{"id":"{id}","title":"{value}"}""" },
            AddedId = "/id",
            List = Get("/albums"),
            ItemValue = "/title",
            Get = Get("/albums/{id}"),
            Remove = new RequestOptions { Method = "DELETE", Path = "/albums/{id}" },
        },
    };

    private static RequestOptions Get(string path) => new() { Method = "GET", Path = path };

    private static FaultOptions Kill(string instance) => new() { Kind = FaultKind.Kill, Targets = [instance], At = TimeSpan.FromMilliseconds(300) };

    private sealed class Listener(Action<ProofLine> hear) : IProofObserver
    {
        public void Say(ProofLine line) => hear(line);
    }
}
