using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EvenKeel.Architecture.Tests.Banned;

[Trait("Category", "Process")]
public sealed class BannedSymbolsProcessTests
{
    [Fact]
    public async Task A_build_of_planted_uses_fails_at_their_lines_and_names_the_replacement()
    {
        var folder = Path.Combine(SourceTree.Repository().Root, "tests/EvenKeel.Architecture.Tests/Planted/Banned");
        var artifacts = Directory.CreateTempSubdirectory("evenkeel-banned-").FullName;
        try
        {
            var output = await BuildAsync(folder, artifacts);

            Assert.Matches(@"Wrong\.cs\(5,\d+\): error RS0030: .*DateTime\.Now.*TimeProvider", output);
            Assert.Matches(@"Wrong\.cs\(7,\d+\): error RS0030: .*Thread\.Sleep.*Await a condition", output);
            Assert.Matches(@"Wrong\.cs\(9,\d+\): error RS0030: .*Task\.Delay.*TimeProvider", output);
            Assert.Matches(@"Wrong\.cs\(11,\d+\): error RS0030: .*Random\.Shared.*seed", output);
            Assert.Equal(4, Regex.Matches(output, @"error RS0030").DistinctBy(match => Line(output, match.Index)).Count());
        }
        finally
        {
            Directory.Delete(artifacts, recursive: true);
        }
    }

    private static async Task<string> BuildAsync(string folder, string artifacts)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["build", folder, "-nologo", "-v", "quiet", $"-p:ArtifactsPath={artifacts}", "-p:RestorePackagesWithLockFile=false", "-p:RestoreLockedMode=false"])
        {
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await build.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, build.ExitCode);
        return output;
    }

    private static string Line(string text, int at) => text[(text.LastIndexOf('\n', at) + 1)..text.IndexOf('\n', at)];
}
