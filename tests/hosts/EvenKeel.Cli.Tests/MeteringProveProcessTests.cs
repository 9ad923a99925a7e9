using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

/// <summary>A real service with an audit of its own under <c>prove</c>: two instances, PostgreSQL, and no Redis.</summary>
[Trait("Category", "Process")]
public sealed class MeteringProveProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task Metering_without_redis_counts_every_event_once_while_an_instance_is_killed()
    {
        MeteringExamples.NeedServers();
        _sandbox.With("evenkeel.yaml", MeteringExamples.Short("metering-no-redis.yaml"));

        var result = (await _sandbox.RunAsync("prove", "--rounds", "1", "--seed", "2")).Ended(0)
            .Printed("seed 2      PASS", "1 fault ", "1 of 1 rounds: 1 passed, 0 violated, 0 inconclusive");

        var run = ProofRun.LatestOf(_sandbox);
        Assert.Equal("passed", run.StatusOf("audit"));
        Assert.Contains("0 mismatches in", (string)run.Check("audit")["summary"]!, StringComparison.Ordinal);
        Assert.True((int)run.Check("audit")["examined"]! > 300, result.Out);
        Assert.True((bool)run.Result["scenarios"]![0]!["faults"]![0]!["confirmed"]!);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, "logs", "servers", "postgres")), "a round that passed keeps no database");
        var written = await File.ReadAllTextAsync(Path.Combine(run.Folder, "audit-1.txt"), TestContext.Current.CancellationToken);
        Assert.Contains("PASS: 0 mismatches", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_audit_finds_windows_that_take_the_event_at_their_end_as_well()
    {
        MeteringExamples.NeedServers();
        _sandbox.Variables["METERING_BUG"] = "inclusive";
        _sandbox.With("evenkeel.yaml", MeteringExamples.Short("metering-no-redis.yaml"));

        (await _sandbox.RunAsync("prove")).Ended(10).Printed("VIOLATION: The audit found a violation", "AUDIT", "totalCalls is");

        var audit = ProofRun.LatestOf(_sandbox).Check("audit");
        Assert.Equal("violated", (string)audit["status"]!);
        Assert.True((int)audit["findingCount"]! > 0);
    }

    [Theory]
    [InlineData("0", "--rounds 0 cannot be run")]
    [InlineData("1001", "--rounds 1001 cannot be run")]
    public async Task Rounds_that_cannot_be_run_are_refused(string rounds, string why)
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-memory.yaml"));

        (await _sandbox.RunAsync("prove", "--rounds", rounds)).Ended(2).PrintedNothing().Said(why);
        (await _sandbox.RunAsync("prove", "--rounds", "2", "--json")).Ended(2).PrintedNothing().Said("--json prints one proof");
    }

    [Fact]
    public async Task Every_round_has_the_next_seed_and_the_worst_decides()
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-memory.yaml", ("control", "1s"), ("duration", "4s")));

        (await _sandbox.RunAsync("prove", "--rounds", "2", "--seed", "7", "--quiet")).Ended(10)
            .Printed("seed 7      VIOLATION", "seed 8      VIOLATION", "2 of 2 rounds: 0 passed, 2 violated, 0 inconclusive");
    }
}
