using System.Diagnostics.CodeAnalysis;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>
/// Lines on their way from one loop to the writer: a bounded queue of slots that are made once. The loop alone adds, the writer alone takes;
/// each owns one of two counters and only reads the other's, so that neither waits. A full ring drops the line and counts it.
/// </summary>
/// <param name="capacity">The most lines that wait.</param>
/// <param name="wake">Called on the loop when half of the slots are taken; must return at once.</param>
internal sealed class AccessRing(int capacity, Action wake)
{
    private readonly AccessEntry[] _entries = [.. Enumerable.Range(0, capacity).Select(_ => new AccessEntry())];
    private long _added;
    private long _taken;
    private long _dropped;

    /// <summary>Lines that found no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>A slot to fill, which <see cref="Publish"/> then hands over; false when the line is dropped. Called on the loop.</summary>
    public bool TryClaim([NotNullWhen(true)] out AccessEntry? entry)
    {
        if (_added - Volatile.Read(ref _taken) == _entries.Length)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            entry = null;
            return false;
        }

        entry = _entries[_added % _entries.Length];
        return true;
    }

    /// <summary>Hands the claimed slot over. Called on the loop.</summary>
    public void Publish()
    {
        Volatile.Write(ref _added, _added + 1);

        // The number of waiting lines rises by one at a time, so that each rise to the half is seen exactly once.
        if (_added - Volatile.Read(ref _taken) == Math.Max(1, _entries.Length / 2))
        {
            wake();
        }
    }

    /// <summary>The oldest line, which stays until <see cref="Take"/>. Called by the writer.</summary>
    public bool TryPeek([NotNullWhen(true)] out AccessEntry? entry)
    {
        entry = _taken < Volatile.Read(ref _added) ? _entries[_taken % _entries.Length] : null;
        return entry is not null;
    }

    /// <summary>Gives the slot of the oldest line back. Called by the writer.</summary>
    public void Take() => Volatile.Write(ref _taken, _taken + 1);
}
