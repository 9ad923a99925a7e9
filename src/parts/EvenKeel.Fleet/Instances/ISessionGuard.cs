namespace EvenKeel.Fleet.Instances;

/// <summary>
/// Ends the sessions of a fleet whose own process died without ending them. The calls are made around each start, so that there is no
/// moment in which a child is known to nobody: announced before, added after, removed when nothing of the session is left.
/// </summary>
public interface ISessionGuard
{
    /// <summary>A process will be started whose environment holds <c>EVENKEEL_NONCE=marker</c>.</summary>
    void Announce(string marker);

    /// <summary>The announced process was started.</summary>
    /// <param name="pid">Its process id, which is also its session's.</param>
    /// <param name="startTime">Its start time as the system counts it, which tells it from a later process with the same id.</param>
    /// <param name="marker">The marker that was announced.</param>
    void Add(int pid, long startTime, string marker);

    /// <summary>The announced process was not started after all, or its session is over.</summary>
    void Remove(string marker);
}
