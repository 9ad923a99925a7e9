using System.Collections.Concurrent;
using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// Waits for the end of one child and reaps it, and no other: .NET's own handling of SIGCHLD waits for the children of
/// System.Diagnostics.Process by their numbers, so neither takes the other's.
/// </summary>
internal sealed class ChildExit
{
    private static readonly ConcurrentDictionary<int, ChildExit> Unreaped = new();
    private readonly TaskCompletionSource<ProcessExit> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SafeFileHandle _process;
    private readonly int _pid;
    private readonly long _token;
    private long _reapedAt = -1;

    private ChildExit(int pid)
    {
        _pid = pid;
        _process = PidfdCalls.Open(pid);
        _token = DescriptorPoller.Shared.Register(OnEnded);
    }

    /// <summary>The exit, when it has ended and was reaped.</summary>
    public Task<ProcessExit> Task => _completion.Task;

    /// <summary>
    /// When it was about to be reaped, as <see cref="ProcessTable.Now"/> counts; null before. Its number cannot belong to another process
    /// that started earlier.
    /// </summary>
    public long? ReapedAt => Interlocked.Read(ref _reapedAt) is var ticks and >= 0 ? ticks : null;

    /// <summary>Begins to wait for a child of this process.</summary>
    public static ChildExit Watch(int pid)
    {
        ChildExit exit = new(pid);
        Unreaped[pid] = exit;
        if (!exit.TryArm())
        {
            // The limit of open files or of watches, or somebody else reaped it already: a thread of its own waits instead.
            new Thread(() => exit.Complete(PidfdCalls.WaitFor(pid))) { IsBackground = true, Name = "evenkeel process wait" }.Start();
        }

        return exit;
    }

    /// <summary>True for a child that somebody waits for here.</summary>
    public static bool IsWatched(int pid) => Unreaped.ContainsKey(pid);

    private bool TryArm()
    {
        try
        {
            if (_process.IsInvalid)
            {
                return false;
            }

            DescriptorPoller.Shared.Arm(_process, _token, first: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void OnEnded()
    {
        Interlocked.Exchange(ref _reapedAt, ProcessTable.Now());
        if (PidfdCalls.Reap(_process) is { } exit)
        {
            Complete(exit);
            return;
        }

        DescriptorPoller.Shared.Arm(_process, _token, first: false);
    }

    private void Complete(ProcessExit exit)
    {
        Interlocked.CompareExchange(ref _reapedAt, ProcessTable.Now(), -1);
        Unreaped.TryRemove(new KeyValuePair<int, ChildExit>(_pid, this));
        DescriptorPoller.Shared.Forget(_token);
        _process.Dispose();
        _completion.TrySetResult(exit);
    }
}
