using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Guard;

/// <summary>Finds guarded processes by session, marker and descent, all in one look at the process table.</summary>
internal sealed class LinuxSessionHunter : ISessionHunter
{
    private const int NoSession = -1;

    /// <inheritdoc/>
    public int Kill(GuardBook book)
    {
        _ = SessionSignals.Send(ProcessSignal.Kill, () => Find(book));
        return Find(book).Count;
    }

    private static List<ProcessStatus> Find(GuardBook book) => ProcessTable.Settled(() => Look(book));

    private static List<ProcessStatus> Look(GuardBook book)
    {
        List<ProcessStatus> table = ProcessTable.Read();
        Dictionary<int, string[]> markers = [];
        HashSet<ProcessStatus> found = [];
        IEnumerable<SessionKey> keys = book.Sessions.Concat(book.Markers.Select(marker => new SessionKey(NoSession, 0, marker)));
        foreach (SessionKey key in keys)
        {
            found.UnionWith(SessionScan.Living(table, key, reaped: null, status => MarkersOf(status.Id).Contains(key.Marker, StringComparer.Ordinal)));
        }

        return [.. found.Where(status => status.Id != Environment.ProcessId)];

        string[] MarkersOf(int pid)
        {
            if (!markers.TryGetValue(pid, out string[]? known))
            {
                markers[pid] = known = SessionMarker.Of(pid);
            }

            return known;
        }
    }
}
