using System.Security.Cryptography;
using System.Text.Json;
using EvenKeel.Cli.Exits;

namespace EvenKeel.Cli.RunFiles;

/// <summary>
/// The folder <c>.evenkeel</c> of the current directory (or EVENKEEL_STATE_DIR): which clusters run here, and what proofs left.
/// A cluster holds <c>run/NAME.lock</c> open for itself alone as long as it lives, so that a run file without a supervisor is known as stale.
/// </summary>
internal sealed class RunFolder(string root)
{
    private string Run => Path.Combine(Root, "run");

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The folder of this process.</summary>
    public static RunFolder OfProcess() =>
        new(Environment.GetEnvironmentVariable("EVENKEEL_STATE_DIR") is { Length: > 0 } named ? named : ".evenkeel");

    public string LogOf(string name) => Path.Combine(Run, name + ".log");

    public string LogsOf(string name) => Path.Combine(Run, name + ".logs");

    /// <summary>The folder for what the servers of a cluster keep.</summary>
    public string ServersOf(string name) => Path.Combine(Root, "servers", name);

    /// <summary>Makes the folder, with a .gitignore of its own.</summary>
    public void Create()
    {
        Directory.CreateDirectory(Run);
        var ignore = Path.Combine(Root, ".gitignore");

        // An empty one is what a full disk has left of the first attempt.
        if (!System.IO.File.Exists(ignore) || new FileInfo(ignore).Length == 0)
        {
            System.IO.File.WriteAllText(ignore, "*\n");
        }
    }

    /// <summary>Claims a name for as long as the stream is open.</summary>
    /// <exception cref="CommandException">A cluster of that name runs here.</exception>
    public FileStream Claim(string name)
    {
        Create();
        try
        {
            return new FileStream(Path.Combine(Run, name + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            var where = Read(name) is { Gateway: { } gateway } running ? $" (pid {running.Pid}, {gateway})" : "";
            throw new CommandException(ExitCode.Environment, "EK3001", $"a cluster named '{name}' runs here already{where}",
                $"stop it with 'evenkeel down --name {name}', or give this one another name with --name");
        }
    }

    /// <summary>Writes a run file whole or not at all, readable by this user only.</summary>
    public void Write(RunFile run)
    {
        var path = PathOf(run.Name);
        WritePrivate(path + ".new", JsonSerializer.Serialize(run, RunFileJson.Default.RunFile));
        System.IO.File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>Makes the token that the control API of a cluster asks for.</summary>
    public string CreateToken(string name)
    {
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        WritePrivate(TokenOf(name), token);
        return token;
    }

    public string? ReadToken(string name) => System.IO.File.Exists(TokenOf(name)) ? System.IO.File.ReadAllText(TokenOf(name)) : null;

    public void Remove(string name)
    {
        System.IO.File.Delete(PathOf(name));
        System.IO.File.Delete(TokenOf(name));
    }

    /// <summary>The run file of a name if its supervisor lives, else null; a stale file is removed.</summary>
    public RunFile? Read(string name)
    {
        try
        {
            var run = JsonSerializer.Deserialize(System.IO.File.ReadAllText(PathOf(name)), RunFileJson.Default.RunFile);
            if (run is not null && Lives(run))
            {
                return run;
            }

            Remove(name);
            return null;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The clusters that run here, by name.</summary>
    public IReadOnlyList<RunFile> All() => Directory.Exists(Run)
        ? [.. Directory.EnumerateFiles(Run, "*.json").Order(StringComparer.Ordinal)
            .Select(file => Read(Path.GetFileNameWithoutExtension(file))).OfType<RunFile>()]
        : [];

    /// <summary>True while the supervisor's process is there. Its computed start time may differ by a second between two readers.</summary>
    public static bool Lives(RunFile run) => Math.Abs(ProcessLife.StartTimeOf(run.Pid) - run.StartTime) <= 2;

    private static void WritePrivate(string path, string text)
    {
        System.IO.File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }

    private string PathOf(string name) => Path.Combine(Run, name + ".json");

    private string TokenOf(string name) => Path.Combine(Run, name + ".token");
}
