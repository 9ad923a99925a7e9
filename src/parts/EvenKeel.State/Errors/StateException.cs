namespace EvenKeel.State.Errors;

/// <summary>An operation on shared state did not return its result. The three kinds differ in what is known about its effect.</summary>
public abstract class StateException : Exception
{
    private protected StateException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
