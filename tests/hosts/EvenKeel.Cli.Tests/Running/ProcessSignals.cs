using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>Signals to processes and process groups that a test started.</summary>
internal static class ProcessSignals
{
    public static void Send(int pid, PosixSignal signal) => Kill(signal switch
    {
        PosixSignal.SIGINT => "-INT",
        PosixSignal.SIGTERM => "-TERM",
        PosixSignal.SIGHUP => "-HUP",
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    }, pid);

    /// <summary>SIGKILL to all processes of a group.</summary>
    public static void KillGroup(int group) => Kill("-KILL", -group);

    /// <summary>SIGKILL to one process.</summary>
    public static void KillOne(int pid) => Kill("-KILL", pid);

    private static void Kill(string signal, int target)
    {
        using var kill = Process.Start("/bin/kill", [signal, "--", target.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.True(kill.ExitCode == 0, $"kill {signal} -- {target} ended with {kill.ExitCode}");
    }
}
