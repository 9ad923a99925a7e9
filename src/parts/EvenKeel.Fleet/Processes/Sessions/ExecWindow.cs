using System.Text;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>Tells a process that is just exchanging its program from one that has no environment.</summary>
internal static class ExecWindow
{
    // Positions in /proc/PID/stat counted from the state, which is field 3 of proc_pid_stat(5).
    private const int Flags = 9 - 3;
    private const int EnvironmentEnd = 51 - 3;
    private const uint KernelThread = 0x0020_0000;

    /// <summary>
    /// True when the line is that of a living user process whose environment has no place yet: the kernel sets it near the end of exec(2).
    /// </summary>
    public static bool IsOpen(ReadOnlySpan<byte> line)
    {
        int closing = line.LastIndexOf((byte)')');
        string[] fields = closing < 0 ? [] : Encoding.ASCII.GetString(line[(closing + 1)..]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > EnvironmentEnd
            && fields[0] is not ("Z" or "X" or "x")
            && uint.TryParse(fields[Flags], out uint flags)
            && (flags & KernelThread) == 0
            && fields[EnvironmentEnd] == "0";
    }
}
