namespace EvenKeel.Locks.Leases;

/// <summary>Who was granted what.</summary>
/// <param name="Name">The lock, as its provider's server knows it.</param>
/// <param name="Owner">The caller.</param>
/// <param name="Token">The fencing token.</param>
internal sealed record LockGrant(string Name, string Owner, long Token);
