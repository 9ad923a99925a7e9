using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>
/// A folder of its own in which a test runs the program as a user does. At its end no process that was started in it may be left; the
/// variable EVENKEEL_STATE_DIR, which they all inherit, tells them from others.
/// </summary>
internal sealed class Sandbox : IAsyncDisposable
{
    /// <summary>How long after its supervisor a cluster may live.</summary>
    public static readonly TimeSpan GuardianLimit = TimeSpan.FromSeconds(5);

    private readonly List<RunningProgram> _started = [];

    public Sandbox()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("SKIPPED, the processes of a cluster are told apart by /proc: Linux only");
        }

        Folder = Directory.CreateTempSubdirectory("evenkeel-cli-").FullName;
        State = Path.Combine(Folder, "state");
        var services = Directory.CreateDirectory(Path.Combine(Folder, "services"));
        foreach (var service in BuiltPrograms.Services)
        {
            Directory.CreateSymbolicLink(Path.Combine(services.FullName, service), BuiltPrograms.FolderOf(service));
        }

        Variables = new Dictionary<string, string> { ["EVENKEEL_STATE_DIR"] = State, ["EVENKEEL_SERVICES"] = services.FullName };
    }

    /// <summary>The current folder of the runs.</summary>
    public string Folder { get; }

    /// <summary>What EVENKEEL_STATE_DIR says.</summary>
    public string State { get; }

    /// <summary>What the runs find in their environment beside that of the tests.</summary>
    public Dictionary<string, string> Variables { get; }

    public string PathOf(string file) => Path.Combine(Folder, file);

    public Sandbox With(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return this;
    }

    /// <summary>Starts the program and leaves it running.</summary>
    public RunningProgram Start(params string[] arguments) => Launch(["dotnet", BuiltPrograms.EvenKeel, .. arguments]);

    /// <summary>Starts any program in this folder and environment.</summary>
    public RunningProgram Launch(params string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = Folder };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("EVENKEEL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        var program = new RunningProgram(start);
        _started.Add(program);
        return program;
    }

    /// <summary>Runs the program to its end.</summary>
    public Task<ProgramResult> RunAsync(params string[] arguments) => Start(arguments).EndAsync();

    /// <summary>What <c>ps --json</c> says.</summary>
    public async Task<ClusterView> PsAsync(params string[] arguments)
    {
        var result = (await RunAsync(["ps", "--json", .. arguments])).Ended(0);
        return JsonSerializer.Deserialize(result.Out, ControlJson.Default.ClusterView)!;
    }

    /// <summary>Waits until <c>ps</c> shows what is waited for.</summary>
    public Task ShowsAsync(Func<ClusterView, bool> condition) => Eventually.TrueAsync(
        async () => condition(await PsAsync()), TimeSpan.FromSeconds(30), () => "ps does not show it");

    /// <summary>The run file of a cluster that lives.</summary>
    public RunFile RunOf(string name) => Assert.IsType<RunFile>(new RunFolder(State).Read(name));

    /// <summary>The living processes that were started in this sandbox.</summary>
    public IReadOnlyList<(int Pid, string Command)> Processes()
    {
        var mark = Encoding.UTF8.GetBytes($"EVENKEEL_STATE_DIR={State}\0");
        var found = new List<(int, string)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                    && File.ReadAllBytes(folder + "/environ").AsSpan().IndexOf(mark) >= 0)
                {
                    found.Add((pid, File.ReadAllText(folder + "/cmdline").Replace('\0', ' ')));
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It ended while it was looked at, or belongs to somebody else.
            }
        }

        return found;
    }

    /// <summary>Waits until no process of this sandbox lives and none of the ports takes a connection.</summary>
    public async Task NothingIsLeftAsync(TimeSpan limit, params IEnumerable<int> ports)
    {
        await Eventually.TrueAsync(() => Processes().Count == 0, limit, () => "left: " + string.Join(", ", Processes()));
        foreach (var port in ports)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, port));
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await NothingIsLeftAsync(GuardianLimit);
        }
        finally
        {
            foreach (var (pid, _) in Processes())
            {
                ProcessSignals.KillOne(pid);
            }

            foreach (var program in _started)
            {
                program.Dispose();
            }

            await Eventually.TrueAsync(() => Processes().Count == 0, GuardianLimit, () => "not ended by SIGKILL");
            Directory.Delete(Folder, recursive: true);
        }
    }
}
