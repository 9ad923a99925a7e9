using System.Net;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Loops;

/// <summary>A fixed number of event loops, and the listeners that feed them. Any thread may call its members.</summary>
public abstract class LoopGroup : IAsyncDisposable
{
    /// <summary>The loops. Their number never changes.</summary>
    public abstract IReadOnlyList<EventLoop> Loops { get; }

    /// <summary>
    /// Listens on an address and spreads accepted connections over the loops.
    /// </summary>
    /// <param name="local">The address; port 0 asks the system for a free one.</param>
    /// <param name="options">Backlog and limits.</param>
    /// <param name="acceptorOf">Called once for each loop, on the caller's thread: what accepts that loop's connections.</param>
    /// <returns>The listener, already accepting.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The address is busy or not allowed. A port that another process or group
    /// listens on is busy.</exception>
    public abstract Listener Listen(IPEndPoint local, ListenOptions options, Func<EventLoop, IConnectionAcceptor> acceptorOf);

    /// <summary>Aborts every connection, closes every listener and ends the threads. All handlers have seen OnClosed when it completes.</summary>
    public abstract ValueTask DisposeAsync();
}
