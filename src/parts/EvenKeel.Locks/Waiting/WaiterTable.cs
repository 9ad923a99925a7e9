using System.Collections.Concurrent;

namespace EvenKeel.Locks.Waiting;

/// <summary>The callers of this client that wait, by owner, up to a limit.</summary>
internal sealed class WaiterTable(int most)
{
    private readonly ConcurrentDictionary<string, Waiter> _waiters = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Adds one.</summary>
    /// <returns>Null at the limit.</returns>
    public Waiter? TryAdd(string owner)
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var waiter = new Waiter();
        _waiters[owner] = waiter;
        return waiter;
    }

    /// <summary>Removes one.</summary>
    public void Remove(string owner)
    {
        if (_waiters.TryRemove(owner, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>It is this owner's turn. Those who are gone are not missed.</summary>
    public void Wake(string owner)
    {
        if (_waiters.TryGetValue(owner, out Waiter? waiter))
        {
            waiter.Wake();
        }
    }

    /// <summary>Messages may have been missed: everyone looks.</summary>
    public void WakeAll()
    {
        foreach (Waiter waiter in _waiters.Values)
        {
            waiter.Wake();
        }
    }
}
