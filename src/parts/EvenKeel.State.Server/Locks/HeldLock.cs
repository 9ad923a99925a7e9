namespace EvenKeel.State.Server.Locks;

/// <summary>A lock that is held or waited for.</summary>
internal sealed class HeldLock
{
    /// <summary>Who holds it, or null.</summary>
    public string? Owner { get; set; }

    /// <summary>The token of the grant.</summary>
    public long Token { get; set; }

    /// <summary>Millisecond at which the lease ends.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Those who wait, in the order in which they first asked.</summary>
    public List<LockWaiter> Waiters { get; } = [];
}
