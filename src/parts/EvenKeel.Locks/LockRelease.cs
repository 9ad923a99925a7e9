namespace EvenKeel.Locks;

/// <summary>What became of a release.</summary>
public enum LockRelease
{
    /// <summary>The lock was held by this grant and is free now.</summary>
    Released = 0,

    /// <summary>This grant was over before: its lease had ended. Somebody else may have the lock, and keeps it.</summary>
    NotHeld = 1,

    /// <summary>The server could not be asked, or did not answer: the lock is free, or will be at the end of its lease.</summary>
    Unknown = 2,
}
