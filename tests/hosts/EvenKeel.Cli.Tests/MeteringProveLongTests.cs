using System.Globalization;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

/// <summary>Each metering example as it is: it passes, and finds the bug that it says it finds.</summary>
[Trait("Category", "Long")]
public sealed class MeteringProveLongTests : IAsyncDisposable
{
    // Some bugs show only when two things happen within milliseconds, so that a round may miss them.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("metering-crash.yaml")]
    [InlineData("metering-cut.yaml")]
    [InlineData("metering-no-redis.yaml")]
    [InlineData("metering-pause.yaml")]
    public async Task Five_rounds_with_faults_have_no_mismatch(string example)
    {
        MeteringExamples.NeedServers();
        var program = _sandbox.Start("prove", MeteringExamples.WithPortOf(_sandbox, example), "--rounds", "5", "--quiet");

        (await program.EndAsync(Limit)).Ended(0).Printed("5 of 5 rounds: 5 passed");
    }

    [Theory]
    [InlineData("metering-crash.yaml", "cursor")]
    [InlineData("metering-cut.yaml", "mark-once")]
    [InlineData("metering-cut.yaml", "counters")]
    [InlineData("metering-no-redis.yaml", "inclusive")]
    [InlineData("metering-no-redis.yaml", "no-fence")]
    [InlineData("metering-pause.yaml", "no-fence")]
    public async Task A_planted_bug_is_found_within_ten_rounds(string example, string bug)
    {
        MeteringExamples.NeedServers();
        _sandbox.Variables["METERING_BUG"] = bug;
        var path = MeteringExamples.WithPortOf(_sandbox, example);
        for (var seed = 1; seed <= 10; seed++)
        {
            var program = _sandbox.Start("prove", path, "--quiet", "--seed", seed.ToString(CultureInfo.InvariantCulture));
            if ((await program.EndAsync(Limit)).Exit == 10)
            {
                Assert.Equal("violated", ProofRun.LatestOf(_sandbox).StatusOf("audit"));
                return;
            }
        }

        Assert.Fail($"{bug} was not found by {example} with the seeds 1 to 10");
    }
}
