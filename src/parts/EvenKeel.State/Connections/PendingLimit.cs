namespace EvenKeel.State.Connections;

/// <summary>Counts the operations that wait to be sent or for their reply, up to a limit.</summary>
internal sealed class PendingLimit(int most)
{
    private int _count;

    /// <summary>How many wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds one unless the limit is reached.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Removes one.</summary>
    public void Leave() => Interlocked.Decrement(ref _count);
}
