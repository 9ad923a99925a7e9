using System.Diagnostics;
using System.Runtime.Versioning;
using EvenKeel.Fuzzing;

namespace EvenKeel.Proxying.Tests.Fuzzing;

/// <summary>What a fuzz run must find and keep: an over-read and a loop without end, which end its process, a failure, and a changed outcome.</summary>
[SupportedOSPlatform("linux")]
[Trait("Category", "Process")]
public sealed class PlantedBugProcessTests : IDisposable
{
    private const string Bug = "EVENKEEL_PLANTED_BUG";
    private const string Folder = "EVENKEEL_PLANTED_FOLDER";

    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-fuzz-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("over-read")]
    [InlineData("hang")]
    public async Task What_ends_the_process_is_in_the_corpus_of_the_next_run(string bug)
    {
        // The child is this test once more, in a process that may end.
        if (Environment.GetEnvironmentVariable(Bug) is { } planted)
        {
            RunPlanted(planted);
        }

        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "--filter-method", "*" + nameof(What_ends_the_process_is_in_the_corpus_of_the_next_run) },
            Environment = { [Bug] = bug, [Folder] = _folder, ["DOTNET_DbgEnableMiniDump"] = "0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode > 128, $"it ended with {child.ExitCode}\n{await output}\n{await error}");

        Corpus corpus = CorpusIn(_folder);
        corpus.AdoptInputsThatKilled();
        CorpusEntry entry = Assert.Single(corpus.Read());
        Assert.Contains((byte)'!', entry.Input);
        Assert.Null(entry.Outcome);
    }

    [Fact]
    public void What_fails_is_kept_with_its_seed_and_run_first_from_then_on()
    {
        using var target = new PlantedTarget("failure");
        using (var session = new FuzzSession(target, CorpusIn(_folder)))
        {
            string message = Assert.Throws<InvalidOperationException>(() => session.For(TimeSpan.FromMinutes(1), 0)).Message;
            Assert.Contains("failed-seed-", message, StringComparison.Ordinal);
        }

        using var next = new FuzzSession(target, CorpusIn(_folder));
        Assert.Throws<InvalidOperationException>(next.Replay);
        Assert.Equal(1, next.Executions);
    }

    [Fact]
    public void Another_outcome_of_a_known_input_fails_the_run()
    {
        using var before = new PlantedTarget("mark");
        using (var session = new FuzzSession(before, CorpusIn(_folder)))
        {
            for (int seed = 0; session.Outcomes < 2; seed++)
            {
                session.Round(seed, keep: true);
            }
        }

        using var after = new PlantedTarget("another");
        using var next = new FuzzSession(after, CorpusIn(_folder));
        Assert.Contains("in the corpus and now 'Complete with another'", Assert.ThrowsAny<Exception>(next.Replay).Message, StringComparison.Ordinal);
    }

    private static void RunPlanted(string bug)
    {
        using var target = new PlantedTarget(bug);
        using var session = new FuzzSession(target, CorpusIn(Environment.GetEnvironmentVariable(Folder)!), TimeSpan.FromMilliseconds(200));
        session.For(TimeSpan.FromMinutes(1), 0);
    }

    private static Corpus CorpusIn(string folder) => new(Path.Combine(folder, "corpus"), Path.Combine(folder, "scratch"), "planted");
}
