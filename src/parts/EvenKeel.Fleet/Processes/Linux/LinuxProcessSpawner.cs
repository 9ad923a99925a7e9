using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// Starts processes with posix_spawn(3) and watches them through process descriptors. Linux 5.4 and later.
/// </summary>
/// <remarks>
/// <para>The supervisor does not become a subreaper (PR_SET_CHILD_SUBREAPER): orphans of instances are found by their session and by their
/// marker wherever they hang in the tree, so it would add nothing but the duty to reap strangers. Where it does inherit orphans, as PID 1 of
/// a container or because its starter made it a subreaper, it reaps them (<see cref="OrphanReaper"/>).</para>
/// <para>SIGCHLD must not be ignored in this process: the kernel would throw exit codes away. An ignored one that was inherited is set
/// to its default here.</para>
/// <para>A process also inherits what exec keeps: the umask, resource limits (of which .NET has raised the soft limit of open files to the
/// hard one), the nice value and control groups.</para>
/// </remarks>
internal sealed class LinuxProcessSpawner : IProcessSpawner
{
    private const int ChildSignal = 17;
    private readonly bool _closeFrom;

    /// <summary>Creates a spawner.</summary>
    /// <param name="time">Paces the reaping of orphans, where this process inherits them.</param>
    /// <param name="closeFrom">Whether the C library closes descriptors in the child; false is the way of systems that cannot.</param>
    public LinuxProcessSpawner(TimeProvider time, bool closeFrom)
    {
        _closeFrom = closeFrom;
        KeepExitCodes();

        // Whatever can fail for want of descriptors does so before there is a child that nobody would watch.
        _ = DescriptorPoller.Shared;
        if (ProcessCalls.InheritsOrphans)
        {
            OrphanReaper.Start(time);
        }
    }

    /// <summary>Creates a spawner that uses what this system offers.</summary>
    public LinuxProcessSpawner(TimeProvider time)
        : this(time, SpawnSettings.CanCloseFrom)
    {
    }

    /// <inheritdoc/>
    public ISpawnedProcess Start(ProcessStart start) => Start(start, input: null);

    /// <summary>Starts a process whose standard input is a descriptor instead of /dev/null; the caller keeps its own.</summary>
    public LinuxProcess Start(ProcessStart start, SafeFileHandle? input)
    {
        string file = ProgramLookup.Find(start);
        string marker = SessionMarker.Draw();
        string?[] arguments = [.. start.Command, null];
        string?[] environment = [.. SessionMarker.Mark(start.Environment, marker).Select(pair => $"{pair.Key}={pair.Value}"), null];
        return SpawnThread.Shared.Run(() => Spawn(file, start.Directory, arguments, environment, marker, input));
    }

    private LinuxProcess Spawn(
        string file, string directory, string?[] arguments, string?[] environment, string marker, SafeFileHandle? input)
    {
        OutputPipe output = OutputPipe.Open();
        OutputPipe? error = null;
        try
        {
            error = OutputPipe.Open();
            int pid = Spawn(file, directory, arguments, environment, input, output, error);
            output.Writer.Dispose();
            error.Writer.Dispose();

            // Not reaped yet, so the number is still the child's, even when it has ended by now. Unknown (0) only when somebody
            // else in this process reaps every child with waitpid(-1).
            long startTime = ProcessTable.Find(pid)?.StartTime ?? 0;
            return new LinuxProcess(new SessionKey(pid, startTime, marker), output.Reader, error.Reader);
        }
        catch
        {
            output.Dispose();
            error?.Dispose();
            throw;
        }
    }

    private unsafe int Spawn(
        string file, string directory, string?[] arguments, string?[] environment, SafeFileHandle? input, OutputPipe output, OutputPipe error)
    {
        using SpawnSettings settings = new(
            directory,
            input is null ? -1 : (int)input.DangerousGetHandle(),
            (int)output.Writer.DangerousGetHandle(),
            (int)error.Writer.DangerousGetHandle(),
            _closeFrom);
        int result = SpawnCalls.Spawn(out int pid, file, settings.Actions, settings.Attributes, arguments, environment);
        return result == 0 ? pid : throw SpawnFailure.Explain(result, file, directory);
    }

    private static void KeepExitCodes()
    {
        foreach (string line in ProcFile.ReadText("/proc/self/status").Split('\n'))
        {
            if (line.StartsWith("SigIgn:", StringComparison.Ordinal)
                && (Convert.ToUInt64(line[7..].Trim(), 16) & (1UL << (ChildSignal - 1))) != 0)
            {
                _ = ProcessCalls.SetHandler(ChildSignal, 0);
            }
        }
    }
}
