namespace EvenKeel.Locks.Errors;

/// <summary>A lock could not be asked for. It is not held; a grant that was made unknowingly ends with its lease at the latest.</summary>
public sealed class LockUnavailableException : Exception
{
    internal LockUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
