namespace EvenKeel.State.Server.Locks;

/// <summary>What became of an attempt to take a lock.</summary>
/// <param name="Token">The token of the grant; 0 when somebody else is first.</param>
/// <param name="RemainingMilliseconds">How long the holder's lease lasts; 0 when nobody holds it.</param>
/// <param name="Ahead">How many waiters are before the one who asked.</param>
internal readonly record struct LockAnswer(long Token, long RemainingMilliseconds, int Ahead);
