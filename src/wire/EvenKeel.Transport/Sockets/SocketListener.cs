using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Sockets;

/// <summary>
/// One listening socket. One loop accepts, and hands the connections to all loops in turn. An accept is asked for only when the gate has
/// a place, so that the limit is exact and the rest waits in the kernel.
/// </summary>
internal sealed class SocketListener : Listener
{
    private const int AcceptsPerTurn = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly SocketLoop[] _loops;
    private readonly SocketLoop _home;
    private readonly IConnectionAcceptor[] _acceptors;
    private readonly ListenerSet _siblings;
    private readonly SocketAsyncEventArgs _accepting = new(true);
    private bool _pending;
    private bool _hasPlace;
    private bool _waits;
    private int _next;
    private volatile bool _closed;

    /// <summary>Takes over a listening socket; <see cref="Start"/> begins to accept.</summary>
    public SocketListener(Socket socket, int maxConnections, SocketLoop[] loops, SocketLoop home, IConnectionAcceptor[] acceptors, ListenerSet siblings)
    {
        _siblings = siblings;
        _socket = socket;
        _loops = loops;
        _home = home;
        _acceptors = acceptors;
        _next = home.Index;
        Local = (IPEndPoint)socket.LocalEndPoint!;
        Gate = new AcceptGate(maxConnections, PostAccept);
        _accepting.Completed += (_, _) => _home.Post(static state => ((SocketListener)state!).OnCompleted(), this);
    }

    /// <inheritdoc/>
    public override IPEndPoint Local { get; }

    /// <summary>Counts the accepted connections.</summary>
    public AcceptGate Gate { get; }

    /// <summary>What accepts on a loop.</summary>
    public IConnectionAcceptor AcceptorOf(EventLoop loop) => _acceptors[loop.Index];

    /// <summary>Begins to accept.</summary>
    public void Start() => PostAccept();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _closed = true;
        _siblings.Remove(this);
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void PostAccept() => _home.Post(static state => ((SocketListener)state!).Accept(), this);

    private void OnCompleted()
    {
        _pending = false;
        if (OnAccepted())
        {
            Accept();
        }
    }

    private void Accept()
    {
        for (int i = 0; i < AcceptsPerTurn; i++)
        {
            if (_closed || _pending || _waits || !(_hasPlace = _hasPlace || Gate.TryTake()))
            {
                return;
            }

            try
            {
                _accepting.AcceptSocket = null;
                _pending = _socket.AcceptAsync(_accepting);
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            if (_pending || !OnAccepted())
            {
                return;
            }
        }

        PostAccept();
    }

    // False when accepting has to wait.
    private bool OnAccepted()
    {
        switch (_accepting.SocketError)
        {
            case SocketError.Success:
                bool isLast = _home.Reserve.EndsAccepting(_accepting.AcceptSocket!.Handle);
                Spread(_accepting.AcceptSocket!);
                if (isLast)
                {
                    Wait(_home.Reserve.Reason);
                }

                return !isLast;
            case SocketError.ConnectionAborted or SocketError.ConnectionReset:
                return true;
            default:
                Wait(_accepting.SocketError.ToString());
                return false;
        }
    }

    private void Wait(string reason)
    {
        if (_closed)
        {
            return;
        }

        _waits = true;
        _home.Options.Observer?.OnAcceptPaused(_home, Pause, reason);
        _home.Schedule(
            Pause,
            static state =>
            {
                var self = (SocketListener)state!;
                self._waits = false;
                if (self._home.Reserve.AllowsAccepting())
                {
                    self.Accept();
                }
                else
                {
                    self.Wait(self._home.Reserve.Reason);
                }
            },
            this);
    }

    private void Spread(Socket accepted)
    {
        _accepting.AcceptSocket = null;
        if (accepted.RemoteEndPoint is not IPEndPoint remote)
        {
            // Reset while it waited: its address is gone.
            accepted.Dispose();
            return;
        }

        SocketLoop loop = _loops[_next++ % _loops.Length];
        _hasPlace = false;
        var connection = new SocketConnection(loop, remote, accepted, this);
        if (!loop.TryPost(static state => ((SocketConnection)state!).Adopt(), connection))
        {
            accepted.Dispose();
        }
    }
}
