namespace EvenKeel.State.Errors;

/// <summary>The operation was never sent: it had no effect and may be tried again.</summary>
public sealed class StateUnavailableException : StateException
{
    internal StateUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
