using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace EvenKeel.Fleet.Processes.Portable;

/// <summary>Who descends from a process, by ps(1), which POSIX defines. About 10 ms a call.</summary>
internal static class ProcessFamily
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The living members of a family. When the root has ended its children belong to others by now and are not found: the family is empty.
    /// </summary>
    public static List<FamilyMember> Of(int root, bool rootHasEnded, TimeProvider time) => rootHasEnded ? [] : Of(root, Parse(Read(time)));

    /// <summary>The living members of a family in a table.</summary>
    public static List<FamilyMember> Of(int root, IReadOnlyList<FamilyMember> table)
    {
        HashSet<int> found = [root];
        bool grew;
        do
        {
            grew = false;
            foreach (FamilyMember member in table)
            {
                grew |= found.Contains(member.Parent) && found.Add(member.Id);
            }
        }
        while (grew);

        return [.. table.Where(member => member.IsAlive && found.Contains(member.Id))];
    }

    /// <summary>Parses lines of pid, parent and state; other lines are left out.</summary>
    public static List<FamilyMember> Parse(string table)
    {
        List<FamilyMember> members = [];
        foreach (string line in table.Split('\n'))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 3
                && int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int parent))
            {
                members.Add(new FamilyMember(id, parent, fields[2]));
            }
        }

        return members;
    }

    private static string Read(TimeProvider time)
    {
        try
        {
            using CancellationTokenSource deadline = new(Patience, time);
            using Process ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=", "-o", "ppid=", "-o", "stat="])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            using CancellationTokenRegistration giveUp = deadline.Token.Register(static state => ((Process)state!).Kill(), ps);
            string table = ps.StandardOutput.ReadToEnd();
            ps.WaitForExit();
            return table;
        }
        catch (Win32Exception missing)
        {
            throw new NotSupportedException(
                $"The processes of this system cannot be listed: the program 'ps' could not be run ({missing.Message}). Install it (package procps).", missing);
        }
    }
}
