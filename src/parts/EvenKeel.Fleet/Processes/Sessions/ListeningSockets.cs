using System.Globalization;

namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>TCP sockets that listen, from /proc/net/tcp and tcp6 (proc_pid_net(5)).</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    /// <summary>Addresses that a connection to the loopback interface reaches, in the words of the table (host byte order, little-endian).</summary>
    private static readonly HashSet<string> Reachable = new(StringComparer.Ordinal)
    {
        "00000000",
        "0100007F",
        "00000000000000000000000000000000",
        "00000000000000000000000001000000",
        "0000000000000000FFFF00000100007F",
        "0000000000000000FFFF000000000000",
    };

    /// <summary>The inodes of the sockets that accept connections to a port of the loopback interface.</summary>
    public static HashSet<string> OnLoopback(int port) => Read(port, Reachable.Contains);

    /// <summary>The inodes of the sockets that accept connections to a port of whatever address.</summary>
    public static HashSet<string> OnAnyAddress(int port) => Read(port, static _ => true);

    /// <summary>Adds the inodes of the sockets in one table that accept connections to a port of the loopback interface.</summary>
    public static void Collect(string table, int port, HashSet<string> inodes) => Collect(table, port, inodes, Reachable.Contains);

    private static HashSet<string> Read(int port, Func<string, bool> isMeant)
    {
        HashSet<string> inodes = new(StringComparer.Ordinal);
        Collect(ProcFile.ReadText("/proc/self/net/tcp"), port, inodes, isMeant);
        Collect(ProcFile.ReadText("/proc/self/net/tcp6"), port, inodes, isMeant);
        return inodes;
    }

    private static void Collect(string table, int port, HashSet<string> inodes, Func<string, bool> isMeant)
    {
        string suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (string line in table.Split('\n').Skip(1))
        {
            // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal)
                && isMeant(fields[1][..^suffix.Length]))
            {
                inodes.Add(fields[9]);
            }
        }
    }

    /// <summary>True when a process has one of the sockets open; false also when its descriptors are not readable for this user.</summary>
    public static bool IsHeldBy(int pid, HashSet<string> inodes)
    {
        try
        {
            foreach (string descriptor in Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd"))
            {
                string? target = new FileInfo(descriptor).LinkTarget;
                if (target is not null && target.StartsWith("socket:[", StringComparison.Ordinal) && inodes.Contains(target[8..^1]))
                {
                    return true;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return false;
    }
}
