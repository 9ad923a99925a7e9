namespace EvenKeel.State.Errors;

/// <summary>The server answered with an error: it refused the operation, which had no effect.</summary>
public sealed class StateServerException : StateException
{
    internal StateServerException(string command, string error)
        : base($"The state server refused {command}: {error}")
    {
        Error = error;
        int blank = error.IndexOf(' ', StringComparison.Ordinal);
        Code = blank < 0 ? error : error[..blank];
    }

    /// <summary>The first word of the error, such as <c>ERR</c>, <c>WRONGTYPE</c>, <c>OOM</c> or <c>LOADING</c>.</summary>
    public string Code { get; }

    /// <summary>The whole error as the server sent it, without the minus.</summary>
    public string Error { get; }
}
