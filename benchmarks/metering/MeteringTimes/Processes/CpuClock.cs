using System.Globalization;

namespace MeteringTimes.Processes;

/// <summary>Processor time of a process, of its children, and of those children that have ended, from /proc.</summary>
/// <param name="ticksPerSecond">What getconf CLK_TCK says.</param>
internal sealed class CpuClock(int ticksPerSecond)
{
    /// <summary>Reads it for several processes and adds it up.</summary>
    public TimeSpan Of(params IEnumerable<int> processes)
    {
        var wanted = processes.ToHashSet();
        long ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                && Read(folder) is { } stat && (wanted.Contains(process) || wanted.Contains(stat.Parent)))
            {
                ticks += stat.Own + (wanted.Contains(process) ? stat.Ended : 0);
            }
        }

        return TimeSpan.FromSeconds((double)ticks / ticksPerSecond);
    }

    // The name of a process may have blanks and brackets; what follows it is numbers. See proc(5).
    private static (int Parent, long Own, long Ended)? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), Sum(11, 12), Sum(13, 14));

            long Sum(int one, int other) => long.Parse(fields[one], CultureInfo.InvariantCulture) + long.Parse(fields[other], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
