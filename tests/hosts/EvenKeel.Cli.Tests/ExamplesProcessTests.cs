using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

/// <summary>Each file of <c>examples/</c> is run by a test: here those that no other class runs.</summary>
[Trait("Category", "Process")]
public sealed class ExamplesProcessTests : IAsyncDisposable
{
    // Which class runs it whole, or a copy of it with shorter phases.
    private static readonly Dictionary<string, Type> RunBy = new()
    {
        ["albums-memory.yaml"] = typeof(ProveProcessTests),
        ["albums-shared.yaml"] = typeof(ProveProcessTests),
        ["albums-postgres.yaml"] = typeof(PostgresProveProcessTests),
        ["metering-crash.yaml"] = typeof(MeteringProveLongTests),
        ["metering-cut.yaml"] = typeof(MeteringProveLongTests),
        ["metering-no-redis.yaml"] = typeof(MeteringProveProcessTests),
        ["metering-pause.yaml"] = typeof(MeteringProveLongTests),
        ["tasks-2.yaml"] = typeof(ExamplesProcessTests),
        ["tasks-3.yaml"] = typeof(ExamplesProcessTests),
    };

    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public void Every_example_is_run_by_a_test() =>
        Assert.Equal(Directory.GetFiles(Examples.Folder, "*.yaml").Select(Path.GetFileName).Order(), RunBy.Keys.Order());

    [Fact]
    public async Task Every_example_is_valid()
    {
        foreach (var example in Directory.GetFiles(Examples.Folder, "*.yaml"))
        {
            (await _sandbox.RunAsync("validate", example)).Ended(0);
        }
    }

    [Theory]
    [InlineData("tasks-2.yaml", 10, "VIOLATION")]
    [InlineData("tasks-3.yaml", 0, "PASS")]
    public async Task Two_tasks_are_down_until_one_is_replaced_and_three_are_not(string example, int exit, string verdict)
    {
        // A replacement takes 30 s here in place of 75 s, and the failures are 16 s apart in place of 40 s.
        _sandbox.With(example, Examples.With(example, ("restart", "{ delay: 30s }"), ("control", "10s"), ("duration", "70s"), ("simultaneousKills", "false"))
            .Replace("at: 20s", "at: 10s", StringComparison.Ordinal).Replace("at: 60s", "at: 26s", StringComparison.Ordinal));

        (await _sandbox.RunAsync("prove", example)).Ended(exit).Printed(verdict);

        var run = ProofRun.LatestOf(_sandbox);
        var apart = run.Result["scenarios"]![0]!["downtime"]!;
        var scale = (double)run.Result["timeScale"]!;
        if (exit == 0)
        {
            Assert.Equal(0, (double)apart["totalMs"]!);
        }
        else
        {
            // 30 s of replacement less 16 s between the failures, and the starts of the processes, which are not scaled.
            Assert.InRange((double)apart["totalMs"]! * scale, 14_000, 14_000 + (5_000 * scale));
        }
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("tasks-2.yaml", 10)]
    [InlineData("tasks-3.yaml", 0)]
    public async Task The_tasks_of_the_original_last_for_minutes(string example, int exit)
    {
        var result = await _sandbox.Start("prove", Examples.PathOf(example)).EndAsync(TimeSpan.FromMinutes(8));

        result.Ended(exit);
        var kills = ProofRun.LatestOf(_sandbox).Result["simultaneousKills"]!.AsArray();
        Assert.Equal(example == "tasks-2.yaml" ? 2 : 3, kills.Count);
    }
}
