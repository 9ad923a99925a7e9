using EvenKeel.Windows.Closing;

namespace EvenKeel.Windows.Tests.Closing;

/// <summary>Lets everybody in, and knows how many are inside.</summary>
internal sealed class OpenGate : IWindowGate, IAsyncDisposable
{
    private int _inside;

    public int Inside => Volatile.Read(ref _inside);

    public ValueTask<IAsyncDisposable?> TryEnterAsync(WindowKey window, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _inside);
        return new(this);
    }

    public ValueTask DisposeAsync()
    {
        Interlocked.Decrement(ref _inside);
        return ValueTask.CompletedTask;
    }
}
