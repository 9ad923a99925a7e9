using System.Diagnostics;

namespace EvenKeel.Cli.Tests.Launcher;

/// <summary>
/// A small tree with the real launcher in it, and a dotnet on the PATH that writes down what it was asked: <c>publish</c> makes the program's
/// file as the real one does, anything else stands for a run.
/// </summary>
internal sealed class LauncherFolder : IDisposable
{
    private const string Dotnet = """
        #!/bin/sh
        echo "$1 $(basename "$2")" >> "$CALLS"
        if [ "$1" = publish ]; then
          while [ "$1" != -o ]; do shift; done
          mkdir -p "$2" && : > "$2/evenkeel.dll"
          exit 0
        fi
        echo "ran in $(pwd) with $EVENKEEL_SERVICES from $(dirname "$1")"
        [ "$2" = stay ] && exec sleep 60
        exit 0
        """;

    public LauncherFolder(string repository)
    {
        Write("evenkeel", File.ReadAllText(Path.Combine(repository, "evenkeel")));
        Write("path/dotnet", Dotnet);
        foreach (var file in new[] { "src/A.cs", "src/B.cs", "services/S.cs", "eng/Build.props", "Directory.Build.props",
            "Directory.Packages.props", "global.json" })
        {
            Write(file, file);
        }

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            File.SetUnixFileMode(Path.Combine(Root, "evenkeel"), Executable);
            File.SetUnixFileMode(Path.Combine(Root, "path/dotnet"), Executable);
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("evenkeel-launcher ").FullName;

    /// <summary>What dotnet was asked so far: the verb and the last part of its first argument.</summary>
    public IReadOnlyList<string> Calls => File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];

    /// <summary>How often the program was built.</summary>
    public int Builds => Calls.Count(call => call == "publish EvenKeel.Cli");

    public string RunFolder => Path.Combine(Root, "artifacts/run");

    private string CallsFile => Path.Combine(Root, "calls");

    public void Write(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Delete(string file) => File.Delete(Path.Combine(Root, file));

    /// <summary>Starts the launcher from a folder.</summary>
    public Process Start(string from, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, "evenkeel"), arguments)
        {
            WorkingDirectory = from,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(Root, "path")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["CALLS"] = CallsFile;
        return Process.Start(start)!;
    }

    /// <summary>Runs the launcher to its end and gives what it wrote to standard output.</summary>
    public async Task<string> RunAsync(string? from = null)
    {
        using var process = Start(from ?? Root);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
