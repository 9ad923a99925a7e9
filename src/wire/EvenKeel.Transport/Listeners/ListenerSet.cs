namespace EvenKeel.Transport.Listeners;

/// <summary>The listeners of a group, which end with it. Thread-safe.</summary>
internal sealed class ListenerSet
{
    private readonly Lock _gate = new();
    private readonly List<Listener> _listeners = [];
    private bool _closed;

    /// <summary>Adds a listener.</summary>
    /// <exception cref="ObjectDisposedException">The group has ended.</exception>
    public void Add(Listener listener)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Loops.LoopGroup));
            _listeners.Add(listener);
        }
    }

    /// <summary>Forgets a listener that was closed by itself.</summary>
    public void Remove(Listener listener)
    {
        lock (_gate)
        {
            _listeners.Remove(listener);
        }
    }

    /// <summary>Closes them all; none can be added any more.</summary>
    public async ValueTask CloseAsync()
    {
        Listener[] listeners;
        lock (_gate)
        {
            _closed = true;
            listeners = [.. _listeners];
            _listeners.Clear();
        }

        foreach (Listener listener in listeners)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }
}
