namespace EvenKeel.Locks.Stores;

/// <summary>What a server answered to an attempt to take a lock.</summary>
/// <param name="Token">The token of the grant; 0 when somebody else is first.</param>
/// <param name="Remaining">How long the holder's lease lasts.</param>
/// <param name="Ahead">How many waiters are before this one.</param>
internal readonly record struct LockAttempt(long Token, TimeSpan Remaining, long Ahead);
