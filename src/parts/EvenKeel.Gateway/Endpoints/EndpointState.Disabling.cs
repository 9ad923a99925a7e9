namespace EvenKeel.Gateway.Endpoints;

// Out by an operator's word, as for work on the server: unlike one that only drains, it is not checked either.
public sealed partial class EndpointState
{
    private readonly TaskCompletionSource _disabled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once an operator has taken it out. It drains, and nobody checks it; another endpoint takes its place when it is enabled.</summary>
    public bool IsDisabled => _disabled.Task.IsCompleted;

    /// <summary>Completes when there is nothing to check any more: it was taken out of the directory, or disabled.</summary>
    internal Task Unwatched => Task.WhenAny(_removed.Task, _disabled.Task);

    /// <summary>No new request and no check from now on.</summary>
    internal void Disable()
    {
        _disabled.TrySetResult();
        Drain();
    }
}
