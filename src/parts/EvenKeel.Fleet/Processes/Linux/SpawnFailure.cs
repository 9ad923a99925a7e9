using System.Runtime.InteropServices;
using EvenKeel.Fleet.Processes.Native;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>Says what the kernel's refusal to start a program means.</summary>
internal static class SpawnFailure
{
    /// <summary>The exception for an error number of posix_spawn(3), which covers fork, chdir and exec.</summary>
    public static ProcessStartException Explain(int error, string file, string directory)
    {
        string advice = error switch
        {
            Errno.NotExecutable =>
                "it is no program for this machine: a script needs a first line such as '#!/bin/sh', a binary must be built for this architecture.",
            Errno.NoEntry =>
                "the file is there, but what it needs to run is not: the interpreter that its first line names, or the loader that it was linked "
                + "for (a glibc program on a musl system).",
            Errno.Access =>
                "this user may not run it: the file, its interpreter or a folder above it is not accessible, the file system is mounted with "
                + $"'noexec', or the working directory '{directory}' may not be entered.",
            Errno.ArgumentsTooLong =>
                "its arguments and environment together are too long for this system (getconf ARG_MAX): shorten them.",
            Errno.Again or Errno.OutOfMemory =>
                "the system has no room for another process: raise the limits (ulimit -u, pids.max of the control group) or start fewer instances.",
            Errno.SystemFileTable or Errno.ProcessFileTable =>
                "too many files are open: raise the limit (ulimit -n).",
            _ => "see the reason.",
        };
        return new ProcessStartException(
            $"'{file}' could not be started in '{directory}' ({Marshal.GetPInvokeErrorMessage(error)}, errno {error}): {advice}");
    }
}
