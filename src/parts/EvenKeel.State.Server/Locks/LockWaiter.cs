namespace EvenKeel.State.Server.Locks;

/// <summary>Somebody who waits for a lock.</summary>
internal sealed class LockWaiter(string owner)
{
    /// <summary>Who.</summary>
    public string Owner { get; } = owner;

    /// <summary>Millisecond until which the waiter counts as alive; each attempt moves it on.</summary>
    public long AliveUntil { get; set; }
}
