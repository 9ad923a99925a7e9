using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EvenKeel.Fleet.Processes.Native;

/// <summary>
/// Calls on process descriptors (pidfd_open(2), pidfd_send_signal(2), waitid(2)), which name one process for good: a number that the system
/// has given to a new process meanwhile is never met. They go through syscall(2), since glibc has wrappers only from 2.36 on; the numbers are
/// the same on every architecture that .NET runs on. Linux 5.4 and later.
/// </summary>
internal static unsafe partial class PidfdCalls
{
    private const nint OpenNumber = 434;
    private const nint SendSignalNumber = 424;
    private const int IdTypePid = 1;
    private const int IdTypePidfd = 3;
    private const int Ended = 4;
    private const int NoHang = 1;
    private const int CodeExited = 1;

    /// <summary>True where the kernel knows process descriptors.</summary>
    public static bool Supported { get; } = OperatingSystem.IsLinux() && TryOpen(Environment.ProcessId);

    /// <summary>Opens the descriptor of a process; close-on-exec always. The handle is invalid, and errno set, when it cannot.</summary>
    public static SafeFileHandle Open(int pid) => new(SystemCall(OpenNumber, pid, 0, 0, 0), ownsHandle: true);

    /// <summary>Sends a signal; false with errno when the process has ended or is another user's.</summary>
    public static bool Send(SafeFileHandle process, int signal)
    {
        bool added = false;
        try
        {
            process.DangerousAddRef(ref added);
            return SystemCall(SendSignalNumber, process.DangerousGetHandle(), signal, 0, 0) == 0;
        }
        finally
        {
            if (added)
            {
                process.DangerousRelease();
            }
        }
    }

    /// <summary>
    /// Reaps an ended child. Null when it has not ended. When somebody else reaped it (SIGCHLD is ignored in this process, or waitpid(-1)
    /// was called), the exit is unknown.
    /// </summary>
    public static ProcessExit? Reap(SafeFileHandle process)
    {
        bool added = false;
        try
        {
            process.DangerousAddRef(ref added);
            return Wait(IdTypePidfd, (uint)process.DangerousGetHandle(), NoHang);
        }
        finally
        {
            if (added)
            {
                process.DangerousRelease();
            }
        }
    }

    /// <summary>Reaps an ended child by its number; for children that have no descriptor here.</summary>
    public static ProcessExit? Reap(int pid) => Wait(IdTypePid, (uint)pid, NoHang);

    /// <summary>Blocks until a child has ended, and reaps it.</summary>
    public static ProcessExit WaitFor(int pid) => Wait(IdTypePid, (uint)pid, options: 0) ?? new ProcessExit(null, null);

    private static ProcessExit? Wait(int idType, uint id, int options)
    {
        // siginfo_t: si_signo, si_errno, si_code, then (aligned to a pointer) si_pid, si_uid, si_status; 128 bytes in all.
        int* info = stackalloc int[32];
        new Span<int>(info, 32).Clear();
        while (WaitId(idType, id, info, Ended | options) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                return new ProcessExit(null, null);
            }
        }

        int first = sizeof(nint) == 8 ? 4 : 3;
        if (info[first] == 0)
        {
            return null;
        }

        int status = info[first + 2];
        return info[2] == CodeExited ? new ProcessExit(status, null) : new ProcessExit(null, status);
    }

    private static bool TryOpen(int pid)
    {
        using SafeFileHandle handle = Open(pid);
        return !handle.IsInvalid;
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int idType, uint id, void* info, int options);
}
