namespace EvenKeel.Windows.Closing;

/// <summary>
/// Keeps two closers from doing the same work, as a lock on Redis does. It is for efficiency alone: a gate that lets everybody in, or that
/// breaks, costs work that is refused, and never a wrong result.
/// </summary>
public interface IWindowGate
{
    /// <summary>Tries to enter. It is called for all windows of a turn at once, at most <see cref="Options.WindowOptions.Batch"/>.</summary>
    /// <returns>What is disposed when the window was closed; null when somebody else is inside.</returns>
    ValueTask<IAsyncDisposable?> TryEnterAsync(WindowKey window, CancellationToken cancellationToken);
}
