namespace EvenKeel.Locks.Errors;

/// <summary>What the lock protects has seen a later grant: this holder's lease is over, and it must not write.</summary>
public sealed class FenceRejectedException : Exception
{
    internal FenceRejectedException(string resource, FencingToken token)
        : base($"'{resource}' has seen a higher fencing token than {token}: the lock was granted to somebody else meanwhile. Nothing was written.")
    {
        Resource = resource;
        Token = token;
    }

    /// <summary>What refused.</summary>
    public string Resource { get; }

    /// <summary>The token that is too low.</summary>
    public FencingToken Token { get; }
}
