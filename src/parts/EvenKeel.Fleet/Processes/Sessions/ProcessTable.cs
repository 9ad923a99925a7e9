using System.Globalization;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>The processes of this PID namespace, as /proc lists them.</summary>
internal static class ProcessTable
{
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
}
