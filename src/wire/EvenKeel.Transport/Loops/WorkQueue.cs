namespace EvenKeel.Transport.Loops;

/// <summary>
/// Callbacks posted to a loop from any thread, in order. Two arrays take turns, so that the loop runs a batch without holding the lock and a
/// steady stream of posts allocates nothing.
/// </summary>
internal sealed class WorkQueue
{
    private readonly Lock _gate = new();
    private Item[] _filling = new Item[64];
    private Item[] _running = new Item[64];
    private int _count;
    private bool _closed;

    /// <summary>True when nothing waits. A post may arrive right after it was read.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Adds a callback.</summary>
    /// <param name="callback">What to run.</param>
    /// <param name="state">Its argument.</param>
    /// <param name="wake">True when the loop has to be woken: this is the first post since it last took a batch.</param>
    /// <returns>False when the queue is closed and the callback was dropped.</returns>
    public bool TryAdd(Action<object?> callback, object? state, out bool wake)
    {
        lock (_gate)
        {
            wake = !_closed && _count == 0;
            if (_closed)
            {
                return false;
            }

            if (_count == _filling.Length)
            {
                Array.Resize(ref _filling, _count * 2);
            }

            _filling[_count] = new Item(callback, state);
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    /// <summary>Takes what was posted until now. The batch is valid until the next call.</summary>
    public Span<Item> Take()
    {
        lock (_gate)
        {
            Span<Item> batch = _filling.AsSpan(0, _count);
            (_filling, _running) = (_running, _filling);
            Volatile.Write(ref _count, 0);
            return batch;
        }
    }

    /// <summary>Drops every later post.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    /// <summary>A callback and its argument.</summary>
    internal readonly record struct Item(Action<object?> Callback, object? State);
}
