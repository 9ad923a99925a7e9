namespace EvenKeel.State.Errors;

/// <summary>
/// The operation may have been sent and its reply never came: whether it had its effect is not known. A caller must not report it as
/// failed, nor repeat it unless repeating is harmless.
/// </summary>
public sealed class StateOutcomeUnknownException : StateException
{
    internal StateOutcomeUnknownException(string message, bool connectionLost)
        : base(message) => ConnectionLost = connectionLost;

    /// <summary>True when the connection ended before the reply; false when the time ran out first.</summary>
    public bool ConnectionLost { get; }
}
