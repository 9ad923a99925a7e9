namespace EvenKeel.Proof;

/// <summary>A proof cannot be run as asked; the message says why and what to change.</summary>
public sealed class ProofException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">Why, and what to change.</param>
    /// <param name="cause">The failure behind it, or null.</param>
    public ProofException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
