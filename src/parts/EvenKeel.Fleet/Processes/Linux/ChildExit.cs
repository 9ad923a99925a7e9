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
    private readonly TaskCompletionSource<ProcessExit> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SafeFileHandle process;
    private readonly int pid;
    private readonly long token;
    private long reapedAt = -1;

    private ChildExit(int pid)
    {
        this.pid = pid;
        process = PidfdCalls.Open(pid);
        token = DescriptorPoller.Shared.Register(OnEnded);
    }

    /// <summary>The exit, when it has ended and was reaped.</summary>
    public Task<ProcessExit> Task => completion.Task;

    /// <summary>
    /// When it was about to be reaped, as <see cref="ProcessTable.Now"/> counts; null before. Its number cannot belong to another process
    /// that started earlier.
    /// </summary>
    public long? ReapedAt => Interlocked.Read(ref reapedAt) is var ticks and >= 0 ? ticks : null;

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
            if (process.IsInvalid)
            {
                return false;
            }

            DescriptorPoller.Shared.Arm(process, token, first: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void OnEnded()
    {
        Interlocked.Exchange(ref reapedAt, ProcessTable.Now());
        if (PidfdCalls.Reap(process) is { } exit)
        {
            Complete(exit);
            return;
        }

        DescriptorPoller.Shared.Arm(process, token, first: false);
    }

    private void Complete(ProcessExit exit)
    {
        Interlocked.CompareExchange(ref reapedAt, ProcessTable.Now(), -1);
        Unreaped.TryRemove(new KeyValuePair<int, ChildExit>(pid, this));
        DescriptorPoller.Shared.Forget(token);
        process.Dispose();
        completion.TrySetResult(exit);
    }
}
