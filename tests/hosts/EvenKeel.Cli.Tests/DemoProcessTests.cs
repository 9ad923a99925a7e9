using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class DemoProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Fact]
    public async Task The_demo_shows_the_divergence_and_its_cure()
    {
        var demo = (await _sandbox.RunAsync("demo")).Ended(0)
            .Printed("web-1: 3 albums before, 3 after", "web-2: 3 albums before, 4 after", "VIOLATION", "PASS: no violation in", "What was learned");

        var reports = demo.Out.Split('\n').Where(
            line => line.Contains("report.html", StringComparison.Ordinal) && !line.StartsWith("Report ", StringComparison.Ordinal))
            .Select(line => line.Replace("Reports:", "", StringComparison.Ordinal).Trim()).ToList();
        Assert.Equal(2, reports.Count);
        Assert.All(reports, report => Assert.True(File.Exists(_sandbox.PathOf(report)), report));
    }

    [Theory]
    [InlineData("lose", "lost-writes")]
    [InlineData("duplicate", "duplicates")]
    [InlineData("stale", "stale-reads")]
    public async Task A_planted_bug_is_caught(string bug, string check)
    {
        (await _sandbox.RunAsync("demo", "--bug", bug)).Ended(0).Printed("VIOLATION");

        Assert.Equal("violated", ProofRun.LatestOf(_sandbox).StatusOf(check));
    }
}
