using System.Diagnostics;

namespace EvenKeel.Cli.Tests.Launcher;

[Trait("Category", "Process")]
public sealed class LauncherProcessTests : IDisposable
{
    private readonly LauncherFolder _folder = new(RepositoryRoot());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_builds_once_and_again_only_after_a_change()
    {
        await _folder.RunAsync();
        await _folder.RunAsync();
        Assert.Equal(1, _folder.Builds);

        _folder.Write("src/A.cs", "changed");
        await _folder.RunAsync();
        Assert.Equal(2, _folder.Builds);

        _folder.Delete("src/B.cs");
        await _folder.RunAsync();
        Assert.Equal(3, _folder.Builds);

        _folder.Write("README.md", "no source");
        await _folder.RunAsync();
        Assert.Equal(3, _folder.Builds);
    }

    [Fact]
    public async Task It_can_be_run_from_any_folder_and_stays_there()
    {
        var output = await _folder.RunAsync(Path.GetTempPath());

        Assert.StartsWith($"ran in {Path.TrimEndingDirectorySeparator(Path.GetTempPath())} with {_folder.RunFolder}/", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_that_start_at_the_same_time_build_once()
    {
        await Task.WhenAll(_folder.RunAsync(), _folder.RunAsync(), _folder.RunAsync());

        Assert.Equal(1, _folder.Builds);
    }

    [Fact]
    public async Task A_running_program_keeps_its_assemblies_and_an_unused_folder_goes()
    {
        using var running = _folder.Start(_folder.Root, "stay");
        var home = (await running.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!.Split(" from ")[1];
        try
        {
            // The fake program became sleep; a process that names the folder stands for one that runs from it.
            using var user = Process.Start(new ProcessStartInfo("sh", ["-c", "read line", $"{home}/evenkeel.dll"]) { RedirectStandardInput = true })!;
            _folder.Write("src/A.cs", "second");
            await _folder.RunAsync();
            Assert.True(File.Exists(Path.Combine(home, "evenkeel.dll")));

            user.StandardInput.Close();
            await user.WaitForExitAsync(TestContext.Current.CancellationToken);
            _folder.Write("src/A.cs", "third");
            await _folder.RunAsync();
            Assert.False(Directory.Exists(home));
        }
        finally
        {
            running.Kill();
            await running.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EvenKeel.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No EvenKeel.slnx above the tests.");
        }

        return folder;
    }
}
