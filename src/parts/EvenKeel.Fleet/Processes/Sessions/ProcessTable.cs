using System.Globalization;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>The processes of this PID namespace, as /proc lists them.</summary>
internal static class ProcessTable
{
    /// <summary>A scan is repeated so many times at most.</summary>
    public const int ScanLimit = 20;

    /// <summary>Reads all of them, zombies included. Those that end meanwhile may be missing.</summary>
    public static List<ProcessStatus> Read()
    {
        List<ProcessStatus> table = [];
        foreach (string path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(path.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && Find(pid) is { } status)
            {
                table.Add(status);
            }
        }

        return table;
    }

    /// <summary>Reads one; null when there is none.</summary>
    public static ProcessStatus? Find(int pid) =>
        ProcFile.Read($"/proc/{pid}/stat") is { } line ? ProcessStatus.Parse(line) : null;

    /// <summary>
    /// Repeats a scan until no process was started while it ran. A scan is not a snapshot: one that was listed may fork and end before it is
    /// looked at, as daemons do, and then neither it nor its child is met.
    /// </summary>
    /// <remarks>On a machine that forks all the time the last of <see cref="ScanLimit"/> scans counts; a scan takes a few milliseconds.</remarks>
    public static T Settled<T>(Func<T> scan)
    {
        for (int attempt = 1; ; attempt++)
        {
            string before = LastId();
            T result = scan();
            if (attempt == ScanLimit || LastId() == before)
            {
                return result;
            }
        }
    }

    /// <summary>Now, in the unit of <see cref="ProcessStatus.StartTime"/>: a process that starts later has this start time or a later one.</summary>
    public static long Now()
    {
        // "12345.67 ...": hundredths of seconds since the boot; the kernel counts start times in the same unit (USER_HZ is 100
        // wherever .NET runs) and shifts both alike in a time namespace.
        string uptime = ProcFile.ReadText("/proc/uptime");
        int end = uptime.IndexOf(' ', StringComparison.Ordinal);
        return end > 0 && decimal.TryParse(uptime.AsSpan(0, end), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
            ? (long)(seconds * 100)
            : 0;
    }

    /// <summary>The id that was given last in this PID namespace: the fifth field of /proc/loadavg (proc_loadavg(5)).</summary>
    private static string LastId()
    {
        string load = ProcFile.ReadText("/proc/loadavg");
        return load[(load.LastIndexOf(' ') + 1)..];
    }
}
