namespace EvenKeel.Transport.Listeners;

/// <summary>Counts a listener's connections over all loops and says when accepting has to pause. Thread-safe.</summary>
internal sealed class AcceptGate(int limit, Action resume)
{
    private int _taken;
    private int _waiting;

    /// <summary>Takes a place; on false the <c>resume</c> action runs once a place is free.</summary>
    public bool TryTake()
    {
        if (TryIncrement())
        {
            return true;
        }

        // A place that was freed between the two tries saw nobody waiting: hence the second.
        Interlocked.Exchange(ref _waiting, 1);
        return TryIncrement();
    }

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _taken);
        if (Volatile.Read(ref _waiting) == 1 && Interlocked.Exchange(ref _waiting, 0) == 1)
        {
            resume();
        }
    }

    private bool TryIncrement()
    {
        for (int taken = Volatile.Read(ref _taken); taken < limit;)
        {
            int seen = Interlocked.CompareExchange(ref _taken, taken + 1, taken);
            if (seen == taken)
            {
                return true;
            }

            taken = seen;
        }

        return false;
    }
}
