using System.Diagnostics;
using System.Globalization;

namespace EvenKeel.Cli.RunFiles;

/// <summary>Whether a process that was recorded still lives.</summary>
internal static class ProcessLife
{
    /// <summary>The start time of a process in seconds, or 0 when it has ended.</summary>
    public static long StartTimeOf(int pid)
    {
        try
        {
            if (HasEnded(pid))
            {
                return 0;
            }

            using var process = Process.GetProcessById(pid);
            return process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return 0;
        }
    }

    /// <summary>True for a process that has ended and whose parent has not asked for its exit code yet; in containers that may last.</summary>
    /// <remarks>proc_pid_stat(5): the state follows the name, which is in parentheses and may have some itself.</remarks>
    private static bool HasEnded(int pid)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        return stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X';
    }
}
