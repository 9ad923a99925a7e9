using System.Net;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Loops;

/// <summary>
/// One thread that runs every callback of the connections that belong to it, one after the other. Nothing that runs on a loop may block.
/// Unless a member says that any thread may call it, it is called on the loop's own thread.
/// </summary>
public abstract class EventLoop
{
    /// <summary>The loop's position in its group, from 0.</summary>
    public abstract int Index { get; }

    /// <summary>True on the loop's own thread. Any thread may ask.</summary>
    public abstract bool IsCurrent { get; }

    /// <summary>The clock's timestamp, read once per turn of the loop; for time-outs, not for measuring what a callback costs.</summary>
    public abstract long Timestamp { get; }

    /// <summary>Runs a callback on the loop after those that were posted before. Any thread may call it; after the loop ended it does nothing.</summary>
    public abstract void Post(Action<object?> callback, object? state);

    /// <summary>Runs a callback once, not before <paramref name="delay"/> has passed; precision about 10 ms.</summary>
    public abstract LoopTimer Schedule(TimeSpan delay, Action<object?> callback, object? state);

    /// <summary>Runs the callback of a timer of this loop once more, as if it had been scheduled now; one that has not run yet is put off.</summary>
    public abstract void Restart(LoopTimer timer, TimeSpan delay);

    /// <summary>
    /// Begins to connect. <see cref="ConnectionHandler.OnOpened"/> or <see cref="ConnectionHandler.OnClosed"/> follows, never before this
    /// method has returned. Bytes may be sent at once and leave when the connection is open. While the loop ends, OnClosed follows at once.
    /// </summary>
    /// <exception cref="InvalidOperationException">A handler connects again and again while its loop ends.</exception>
    public abstract Connection Connect(IPEndPoint remote, ConnectionHandler handler);
}
