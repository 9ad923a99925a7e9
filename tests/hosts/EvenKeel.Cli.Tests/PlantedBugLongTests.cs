using System.Globalization;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

/// <summary>How reliably the checks find a planted bug, and how reliably they stay silent without one.</summary>
[Trait("Category", "Long")]
public sealed class PlantedBugLongTests : IAsyncDisposable
{
    private const int Runs = 20;
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("lose", "lost-writes")]
    [InlineData("duplicate", "duplicates")]
    [InlineData("stale", "stale-reads")]
    public async Task A_planted_bug_is_found_twenty_times_of_twenty(string bug, string check)
    {
        _sandbox.Variables["ALBUMS_BUG"] = bug;
        var found = await CountAsync(exit: 10, check, "violated");

        Assert.Equal(Runs, found);
    }

    [Fact]
    public async Task The_correct_twin_passes_twenty_times_of_twenty() => Assert.Equal(Runs, await CountAsync(exit: 0, "lost-writes", "passed"));

    private async Task<int> CountAsync(int exit, string check, string status)
    {
        _sandbox.With("evenkeel.yaml", Examples.With("albums-shared.yaml", ("control", "1s"), ("duration", "5s")));
        var asExpected = 0;
        for (var seed = 1; seed <= Runs; seed++)
        {
            var result = await _sandbox.RunAsync("prove", "--quiet", "--seed", seed.ToString(CultureInfo.InvariantCulture));
            if (result.Exit == exit && ProofRun.LatestOf(_sandbox).StatusOf(check) == status)
            {
                asExpected++;
            }
            else
            {
                TestContext.Current.SendDiagnosticMessage($"seed {seed}: exit {result.Exit}\n{result.Out}\n{result.Error}");
            }
        }

        return asExpected;
    }
}
