namespace EvenKeel.Locks.Waiting;

/// <summary>One caller that waits. A wake-up that comes between two waits is kept for the second.</summary>
internal sealed class Waiter
{
    private TaskCompletionSource _signal = New();

    /// <summary>Takes the signal that the next wake-up completes. Take it before asking the server, so that no turn is missed in between.</summary>
    public Task Next()
    {
        TaskCompletionSource signal = _signal;
        if (signal.Task.IsCompleted)
        {
            _signal = signal = New();
        }

        return signal.Task;
    }

    /// <summary>Completes the signal.</summary>
    public void Wake() => _signal.TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
