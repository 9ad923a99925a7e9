using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EvenKeel.Cli.Tests.Running;
using EvenKeel.TestServers;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class ProveProcessTests : IAsyncDisposable
{
    private static readonly (string, string)[] Short = [("control", "1s"), ("duration", "5s")];
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Albums_in_memory_diverge_and_are_lost()
    {
        var result = (await _sandbox.RunAsync("prove", Examples.PathOf("albums-memory.yaml"))).Ended(10)
            .Printed("VIOLATION").Said("evenkeel: exit 10 (violation)");

        var run = ProofRun.LatestOf(_sandbox);
        Assert.Equal(("violated", "violated"), (run.StatusOf("divergence"), run.StatusOf("lost-writes")));
        foreach (var check in (JsonNode[])[run.Check("divergence"), run.Check("lost-writes")])
        {
            var finding = check["findings"]![0]!;
            Assert.NotEmpty((string)finding["element"]!);
            Assert.NotEmpty(finding["operations"]!.AsArray());
            Assert.NotEmpty((string)check["advice"]!);
        }

        // The screen names an element and says once what to do.
        var element = (string)run.Check("lost-writes")["findings"]![0]!["element"]!;
        result.Printed(element, (string)run.Check("divergence")["advice"]!);
        Assert.Contains(element, run.Report, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", run.Report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Albums_that_share_their_state_survive_a_kill()
    {
        (await _sandbox.RunAsync("prove", Examples.PathOf("albums-shared.yaml"), "--seed", "0x5EED")).Ended(0).Printed("PASS: no violation in");

        var run = ProofRun.LatestOf(_sandbox);
        Assert.Equal(("pass", 0, 0x5EED), ((string)run.Result["verdict"]!, (int)run.Result["exitCode"]!, (int)run.Result["seed"]!));
        Assert.All(
            (string[])["lost-writes", "stale-reads", "read-your-writes", "duplicates", "divergence", "downtime", "failed-reads"],
            check => Assert.Equal("passed", run.StatusOf(check)));
        Assert.True((int)run.Result["operations"]!["ok"]! > 300, run.Result["operations"]!.ToJsonString());
        var fault = run.Result["scenarios"]![0]!["faults"]![0]!;
        Assert.True((bool)fault["confirmed"]!);
        Assert.Equal("web-2", (string)fault["targets"]![0]!);
        Assert.Equal(0, (double)run.Result["scenarios"]![0]!["downtime"]!["totalMs"]!);
        Assert.Contains(
            "--seed 24301",
            await File.ReadAllTextAsync(Path.Combine(run.Folder, "repro.txt"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Folder, "history.jsonl")));
        Assert.False(Directory.Exists(_sandbox.PathOf(".evenkeel")), "EVENKEEL_STATE_DIR names another folder");
    }

    [Fact]
    public async Task Albums_survive_with_a_real_redis_as_their_state()
    {
        await using var redis = await RedisServer.StartAsync();
        _sandbox.Variables["EVENKEEL_STATE"] = $"redis://{redis.Address}";
        _sandbox.With("redis.yaml", Examples.With("albums-shared.yaml", Short));

        (await _sandbox.RunAsync("prove", "redis.yaml")).Ended(0).Printed("PASS: no violation in");
    }

    [Fact]
    public async Task The_json_of_a_proof_is_its_result_file()
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-memory.yaml", Short));

        var result = (await _sandbox.RunAsync("prove", "--json", "--quiet")).Ended(10);

        Assert.Equal((1, "proofResult", "violation"), ((int)result.Json["schemaVersion"]!, (string)result.Json["kind"]!, (string)result.Json["verdict"]!));
        Assert.True(JsonNode.DeepEquals(result.Json, ProofRun.LatestOf(_sandbox).Result));
        Assert.Equal("evenkeel: exit 10 (violation)", Assert.Single(result.Error.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task An_interrupted_proof_undoes_its_pause_and_leaves_nothing()
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-shared.yaml", ("control", "1s"), ("duration", "60s"))
            .Replace("{ kill: web-2, at: 3s }", "{ pause: web-2, at: 1s, for: 50s }", StringComparison.Ordinal));
        using var prove = _sandbox.Start("prove");
        await prove.SaysAsync("stands still");

        prove.Signal(PosixSignal.SIGINT);

        (await prove.EndAsync()).Ended(130);
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("-1")]
    [InlineData("0xZZ")]
    public async Task A_seed_that_is_none_is_refused(string seed)
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-memory.yaml"));

        (await _sandbox.RunAsync("prove", "--seed", seed)).Ended(2).PrintedNothing().Said("is no seed");
    }

    [Fact]
    public async Task A_service_that_does_not_start_cannot_be_proved()
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-memory.yaml").Replace("ALBUMS_STORE: memory", "ALBUMS_STORE: nowhere", StringComparison.Ordinal));

        (await _sandbox.RunAsync("prove")).Ended(11)
            .Printed("INCONCLUSIVE", "did not become ready", "ALBUMS_STORE is 'nowhere'");
    }
}
