using System.Globalization;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Ports;

/// <summary>Says who listens on a port.</summary>
public static class PortHolder
{
    /// <summary>As a sentence's end: <c>process 4711 (nginx)</c>; <c>a process of another user</c> when its descriptors are not shown.</summary>
    public static string Describe(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "another process";
        }

        HashSet<string> inodes = ListeningSockets.OnAnyAddress(port);
        if (inodes.Count == 0)
        {
            return "a process that has bound it without listening, or of another network namespace";
        }

        foreach (ProcessStatus status in ProcessTable.Read())
        {
            if (ListeningSockets.IsHeldBy(status.Id, inodes))
            {
                string name = ProcFile.ReadText($"/proc/{status.Id}/comm").Trim();
                return string.Create(CultureInfo.InvariantCulture, $"process {status.Id} ({name})");
            }
        }

        return "a process of another user";
    }
}
