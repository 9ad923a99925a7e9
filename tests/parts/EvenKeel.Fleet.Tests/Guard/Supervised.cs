using System.Collections.Concurrent;
using System.Globalization;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;
using EvenKeel.Fleet.Tests.Processes;

namespace EvenKeel.Fleet.Tests.Guard;

/// <summary>A supervisor in a process of its own, which the test may kill; whatever carries its marker ends with the test.</summary>
internal sealed class Supervised : IDisposable
{
    private readonly OutputPipe _input = OutputPipe.Open();
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly LinuxProcess _process;

    public Supervised(string script)
    {
        _process = new LinuxProcessSpawner(TimeProvider.System).Start(
            new ProcessStart([CompanionProgram.Executable, "supervise", script], "/", CompanionProgram.Environment), _input.Reader);
        _input.Reader.Dispose();
        _ = ListenAsync();
    }

    public int Id => _process.Id;

    public Task<ProcessExit> Exited => _process.Exited;

    /// <summary>The value of the last line of a name, <c>guardian 4711</c>, once there is one that is not the given one.</summary>
    public async Task<int> NumberAsync(string name, int except = 0)
    {
        int? found = null;
        await Programs.UntilAsync(() => (found = Find(name, except)) is not null, $"'{name}' in: {string.Join('|', _lines)}");
        return found!.Value;
    }

    /// <summary>All processes that it started, and itself.</summary>
    public IReadOnlyList<int> Processes() => _process.Members();

    /// <summary>Kills the supervisor alone, as the kernel does when memory is short.</summary>
    public void KillSupervisor() => Assert.Equal(0, ProcessCalls.Kill(Id, 9));

    /// <summary>Lets the supervisor end in order.</summary>
    public void CloseInput() => _input.Writer.Dispose();

    public static bool IsAlive(int pid) => ProcessTable.Find(pid) is { IsAlive: true };

    public void Dispose()
    {
        _process.Signal(ProcessSignal.Kill);
        _process.Dispose();
        _input.Dispose();
    }

    private int? Find(string name, int except) => _lines
        .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))
        .Select(line => (int?)int.Parse(line.AsSpan(name.Length + 1), CultureInfo.InvariantCulture))
        .LastOrDefault(number => number != except);

    private async Task ListenAsync()
    {
        using StreamReader reader = new(_process.Output);
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                _lines.Enqueue(line);
            }
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
