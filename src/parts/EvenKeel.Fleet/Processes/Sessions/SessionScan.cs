namespace EvenKeel.Fleet.Processes.Sessions;

/// <summary>Finds the processes of a session in the process table.</summary>
/// <remarks>
/// A process belongs to a session when
/// 1. the session is still ours and the process is in it, in whatever process group. The number of a session is not given away while a
///    member lives, but may be when all have ended: so it is ours only while the leader (same id, same start time) is there, or a member
///    that started before the leader was reaped, or one that carries the marker;
/// 2. or it carries the session's marker in its environment: it left the session (setsid) but inherited the variable;
/// 3. or it descends from one of those by a chain of living parents: it left the session and cleared its environment.
/// Not found is what left the session, cleared its environment and lost its parent, all three.
/// </remarks>
internal static class SessionScan
{
    /// <summary>The living processes of a session, in the order of their ids; zombies are not among them.</summary>
    /// <param name="key">The session.</param>
    /// <param name="reaped">When the leader was reaped (<see cref="ProcessTable.Now"/>, read before), or null while it was not.</param>
    public static List<ProcessStatus> Living(SessionKey key, long? reaped)
    {
        return ProcessTable.Settled(() =>
            Living(ProcessTable.Read(), key, reaped, status => SessionMarker.Of(status.Id).Contains(key.Marker, StringComparer.Ordinal)));
    }

    /// <summary>The same over a table that was read before.</summary>
    public static List<ProcessStatus> Living(
        IReadOnlyList<ProcessStatus> table, SessionKey key, long? reaped, Func<ProcessStatus, bool> isMarked)
    {
        // 1. The session itself.
        List<ProcessStatus> inside = [.. table.Where(status => status.Session == key.Id)];
        bool ours = inside.Exists(status => status.Id == key.Id && status.StartTime == key.StartTime)
            || inside.Exists(status => status.StartTime >= key.StartTime && status.StartTime <= reaped)
            || inside.Exists(status => status.IsAlive && isMarked(status));
        HashSet<int> found = ours ? [.. inside.Select(status => status.Id)] : [];

        // 2. Those that left it. Who is older than the leader cannot have inherited from it, and is not even read.
        foreach (ProcessStatus status in table)
        {
            if (status.Session != key.Id && status.StartTime >= key.StartTime && status.IsAlive && isMarked(status))
            {
                found.Add(status.Id);
            }
        }

        // 3. Their descendants, until a pass adds none.
        bool grew;
        do
        {
            grew = false;
            foreach (ProcessStatus status in table)
            {
                grew |= found.Contains(status.Parent) && found.Add(status.Id);
            }
        }
        while (grew);

        return [.. table.Where(status => status.IsAlive && found.Contains(status.Id)).OrderBy(status => status.Id)];
    }

    /// <summary>
    /// True when all of them are stopped, and there is one. A shell that was signalled while it started a program sleeps in vfork(2) until its
    /// child has called exec(2): its stop waits there, it runs no instruction of its own, and it counts as stopped when that child is.
    /// </summary>
    public static bool IsStopped(IReadOnlyList<ProcessStatus> living) => living.Count > 0 && living.All(status =>
        status.IsStopped || (status.State == 'D' && living.Any(child => child.Parent == status.Id && child.IsStopped)));
}
