using System.Diagnostics;
using EvenKeel.Fleet.Processes.Native;

namespace EvenKeel.Fleet.Processes.Portable;

/// <summary>A process and its descendants, through System.Diagnostics.Process and, on systems with POSIX signals, ps(1) and kill(2).</summary>
internal sealed class PortableProcess : ISpawnedProcess
{
    private static readonly TimeSpan ExitCodeGrace = TimeSpan.FromSeconds(5);
    private readonly TaskCompletionSource<ProcessExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly TimeProvider _time;

    /// <summary>Takes over a process that was just started with all three streams redirected.</summary>
    public PortableProcess(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        Id = process.Id;
        StartTime = ReadStartTime(process);
        Output = process.StandardOutput.BaseStream;
        Error = process.StandardError.BaseStream;
        process.Exited += (_, _) => OnExited();
        if (process.HasExited)
        {
            OnExited();
        }
    }

    /// <inheritdoc/>
    public int Id { get; }

    /// <summary>The start time as UTC ticks of 100 ns; 0 when it had ended before it could be read.</summary>
    public long StartTime { get; }

    /// <inheritdoc/>
    public Stream Output { get; }

    /// <inheritdoc/>
    public Stream Error { get; }

    /// <inheritdoc/>
    public Task<ProcessExit> Exited => _exited.Task;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">This system cannot ask, freeze or thaw a process (Windows); only Kill works there.</exception>
    public int Signal(ProcessSignal signal)
    {
        IReadOnlyList<int> members = Members();
        if (members.Count == 0)
        {
            return 0;
        }

        if (signal == ProcessSignal.Kill)
        {
            KillTree();
            return members.Count;
        }

        return OperatingSystem.IsWindows()
            ? throw new NotSupportedException(
                $"Windows cannot {Words(signal)} a process that has no window: it can only end it. Use Kill, or run the supervisor on Linux.")
            : members.Where(pid => signal is not (ProcessSignal.Interrupt or ProcessSignal.Quit) || pid == Id)
                .Count(pid => ProcessCalls.Kill(pid, PosixNumber(signal)) == 0);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Members()
    {
        if (!OperatingSystem.IsWindows())
        {
            return [.. ProcessFamily.Of(Id, _exited.Task.IsCompleted, _time).Select(member => member.Id)];
        }

        return _exited.Task.IsCompleted ? [] : [Id];
    }

    /// <inheritdoc/>
    public bool? Listens(int port) => null;

    /// <inheritdoc/>
    public bool? IsStopped()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        List<FamilyMember> family = ProcessFamily.Of(Id, _exited.Task.IsCompleted, _time);
        return family.Count > 0 && family.TrueForAll(member => member.IsStopped);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();

        // Until it has ended the handle is what reaps it and tells its exit.
        _ = _exited.Task.ContinueWith(
            static (_, state) => ((Process)state!).Dispose(), _process, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private static string Words(ProcessSignal signal) => signal switch
    {
        ProcessSignal.Stop => "freeze",
        ProcessSignal.Continue => "thaw",
        _ => "ask to end",
    };

    /// <summary>SIGSTOP and SIGCONT have other numbers on macOS than on Linux.</summary>
    private static int PosixNumber(ProcessSignal signal) => (signal, OperatingSystem.IsMacOS()) switch
    {
        (ProcessSignal.Stop, true) => 17,
        (ProcessSignal.Continue, true) => 19,
        _ => Sessions.SessionSignals.Number(signal),
    };

    private static long ReadStartTime(Process process)
    {
        try
        {
            return process.StartTime.ToUniversalTime().Ticks;
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // Ended meanwhile, or some descendants could not be ended; Members tells which are left.
        }
    }

    private void OnExited()
    {
        int code = _process.WaitForExit(ExitCodeGrace) ? _process.ExitCode : -1;

        // .NET folds an end by a signal into 128 + its number, as shells do; a program that itself exits with such a code reads the same.
        _exited.TrySetResult(!OperatingSystem.IsWindows() && code is > 128 and < 160
            ? new ProcessExit(null, code - 128)
            : new ProcessExit(code, null));
    }
}
