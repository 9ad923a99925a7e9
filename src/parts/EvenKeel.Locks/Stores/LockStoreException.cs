namespace EvenKeel.Locks.Stores;

/// <summary>A server was not reached, refused or did not answer. Whether it did what it was asked is not known, and asking again is harmless.</summary>
internal sealed class LockStoreException(string message, bool isLasting, Exception inner) : Exception(message, inner)
{
    /// <summary>True when asking again cannot help: the server understood and refused.</summary>
    public bool IsLasting { get; } = isLasting;
}
