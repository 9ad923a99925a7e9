namespace EvenKeel.Fleet.Actions;

/// <summary>Something that an action waits to see.</summary>
internal sealed class Observation<T>(Func<T?> seen) : IObservation
    where T : class
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it was seen.</summary>
    public Task<T> Task => _done.Task;

    /// <inheritdoc />
    public bool Look()
    {
        if (_done.Task.IsCompleted)
        {
            return true;
        }

        try
        {
            return seen() is { } value && _done.TrySetResult(value);
        }
        catch (Exception error)
        {
            return _done.TrySetException(error);
        }
    }

    /// <inheritdoc />
    public void GiveUp() => _done.TrySetCanceled(CancellationToken.None);
}
