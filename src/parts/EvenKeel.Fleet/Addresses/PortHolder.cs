using System.Globalization;

namespace EvenKeel.Fleet.Addresses;

/// <summary>Finds out who listens on a TCP port, for messages. Linux only; elsewhere, or without the right to look, it says so.</summary>
/// <remarks>Reads proc(5): the socket's inode from /proc/net/tcp and tcp6, then the process that has it among its descriptors.</remarks>
internal static class PortHolder
{
    private const string Listening = "0A";

    /// <summary>As <c>pid 4711 (nginx)</c>, or <c>another process</c>.</summary>
    public static string Describe(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "another process";
        }

        try
        {
            var sockets = Inodes("/proc/net/tcp", port).Concat(Inodes("/proc/net/tcp6", port)).Select(inode => $"socket:[{inode}]").ToHashSet();
            foreach (var process in Directory.EnumerateDirectories("/proc"))
            {
                var pid = Path.GetFileName(process);
                if (char.IsAsciiDigit(pid[0]) && Holds(process, sockets))
                {
                    return $"pid {pid} ({File.ReadAllText(Path.Combine(process, "comm")).Trim()})";
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process ended while it was looked at, or /proc is closed to us: the message does without a name.
        }

        return "another process";
    }

    private static IEnumerable<string> Inodes(string table, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return File.Exists(table)
            ? File.ReadLines(table)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
                .Select(fields => fields[9])
            : [];
    }

    private static bool Holds(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
