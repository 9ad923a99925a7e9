using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Sockets;

/// <summary>Event loops over <see cref="Socket"/>, for every platform.</summary>
public sealed class SocketLoopGroup : LoopGroup
{
    private readonly SocketLoop[] _loops;
    private readonly ListenerSet _listeners = new();
    private int _nextHome;

    /// <summary>Starts the loops.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    public SocketLoopGroup(LoopGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _loops = [.. Enumerable.Range(0, options.Loops).Select(index => new SocketLoop(index, options))];
        foreach (SocketLoop loop in _loops)
        {
            loop.Start();
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<EventLoop> Loops => _loops;

    /// <inheritdoc/>
    public override Listener Listen(IPEndPoint local, ListenOptions options, Func<EventLoop, IConnectionAcceptor> acceptorOf)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(acceptorOf);
        options.Validate();
        IConnectionAcceptor[] acceptors = [.. _loops.Select(acceptorOf)];
        var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(local);
            socket.Listen(options.Backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        SocketLoop home = _loops[(uint)Interlocked.Increment(ref _nextHome) % _loops.Length];
        var listener = new SocketListener(socket, options.MaxConnections, _loops, home, acceptors, _listeners);
        _listeners.Add(listener);
        listener.Start();
        return listener;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _listeners.CloseAsync().ConfigureAwait(false);
        foreach (SocketLoop loop in _loops)
        {
            loop.End();
        }

        await Task.WhenAll(_loops.Select(loop => loop.Ended)).ConfigureAwait(false);
    }
}
