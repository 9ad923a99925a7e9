namespace EvenKeel.Fleet.Processes.Portable;

/// <summary>A line of ps(1).</summary>
/// <param name="Id">The process id.</param>
/// <param name="Parent">The parent's id.</param>
/// <param name="State">The state's letters; the first says T when it is stopped and Z when it is a zombie.</param>
internal readonly record struct FamilyMember(int Id, int Parent, string State)
{
    /// <summary>True when it is stopped.</summary>
    public bool IsStopped => State.StartsWith('T') || State.StartsWith('t');

    /// <summary>False for zombies.</summary>
    public bool IsAlive => !State.StartsWith('Z');
}
