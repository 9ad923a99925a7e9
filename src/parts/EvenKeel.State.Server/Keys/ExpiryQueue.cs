namespace EvenKeel.State.Server.Keys;

/// <summary>
/// Deadlines in order. A changed deadline is queued anew and the old one skipped when it comes up; when more than half of the queue is old it
/// is rebuilt, so that a key that is renewed again and again costs no memory.
/// </summary>
internal sealed class ExpiryQueue
{
    private const int RebuildFrom = 64;
    private PriorityQueue<Entry, long> _queue = new();

    /// <summary>Queued deadlines, old ones included.</summary>
    public int Count => _queue.Count;

    /// <summary>Queues an entry's present deadline.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="live">How many entries have a deadline now.</param>
    public void Add(Entry entry, int live)
    {
        _queue.Enqueue(entry, entry.Deadline);
        if (_queue.Count > RebuildFrom && _queue.Count > 2 * live)
        {
            _queue = new PriorityQueue<Entry, long>(
                _queue.UnorderedItems.Where(item => IsPresent(item.Element, item.Priority)).DistinctBy(item => item.Element));
        }
    }

    /// <summary>Takes one entry whose deadline is not after <paramref name="now"/>, or null.</summary>
    public Entry? TakeDue(long now)
    {
        while (_queue.TryPeek(out Entry? entry, out long deadline) && deadline <= now)
        {
            _queue.Dequeue();
            if (IsPresent(entry, deadline))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Forgets all deadlines.</summary>
    public void Clear() => _queue.Clear();

    private static bool IsPresent(Entry entry, long deadline) => !entry.Removed && entry.Deadline == deadline;
}
