using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Sockets;

/// <summary>
/// A connection over <see cref="Socket"/>. An asynchronous receive of no bytes stands for "readable"; the bytes themselves are received
/// synchronously into the loop's buffer. Queued bytes are sent asynchronously, and count as accepted from then on because the runtime does
/// not tell how far it came.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "CloseDescriptor disposes, exactly once, when the connection ends")]
internal sealed class SocketConnection : StreamConnection
{
    private readonly SocketAsyncEventArgs _receiving = new(true);
    private readonly SocketListener? _listener;
    private SocketAsyncEventArgs? _sending;
    private Socket? _socket;
    private int _inFlight;
    private bool _awaitsReadable;
    private bool _receiveFailed;

    /// <summary>Makes a connection that <see cref="BeginConnect"/> opens.</summary>
    public SocketConnection(LoopThread loop, IPEndPoint remote)
        : base(loop, remote)
    {
        _receiving.UserToken = this;
        _receiving.Completed += OnCompleted;
    }

    /// <summary>Makes a connection of an accepted socket, whose place at the gate has been taken; <see cref="Adopt"/> opens it on its loop.</summary>
    public SocketConnection(LoopThread loop, IPEndPoint remote, Socket accepted, SocketListener listener)
        : this(loop, remote)
    {
        _socket = accepted;
        _listener = listener;
        Gate = listener.Gate;
    }

    /// <inheritdoc/>
    protected override int InFlightBytes => _inFlight;

    /// <summary>Begins to connect; whatever comes of it is heard in a later turn.</summary>
    public void BeginConnect()
    {
        if (Thread.IsEnding)
        {
            End(CloseReason.LoopEnded);
            return;
        }

        try
        {
            _socket = new Socket(Remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (Thread.Reserve.IsTooHigh(_socket.Handle))
            {
                End(CloseReason.NoDescriptor);
                return;
            }

            Prepare(_socket);
            _receiving.RemoteEndPoint = Remote;
            if (!_socket.ConnectAsync(_receiving))
            {
                OnConnected();
            }
        }
        catch (SocketException error)
        {
            // No descriptor left, or an address of a family that this machine does not have.
            End(ReasonOf(error.SocketErrorCode));
        }
    }

    /// <summary>Opens an accepted connection. Called on the loop.</summary>
    public void Adopt()
    {
        Prepare(_socket!);
        Adopt(_listener!.AcceptorOf(Thread));
    }

    /// <inheritdoc/>
    protected override int TryReceive(Span<byte> into)
    {
        if (_receiveFailed)
        {
            return Transfer.Failed;
        }

        int received = _socket!.Receive(into, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => received,
            SocketError.WouldBlock => Transfer.WouldBlock,
            _ => Transfer.Failed,
        };
    }

    /// <inheritdoc/>
    protected override int TrySend(ReadOnlySpan<byte> bytes)
    {
        int sent = _socket!.Send(bytes, SocketFlags.None, out SocketError error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable => sent > 0 ? sent : Transfer.WouldBlock,
            _ => Transfer.Failed,
        };
    }

    /// <inheritdoc/>
    protected override bool AwaitReadable()
    {
        if (_awaitsReadable)
        {
            return false;
        }

        _awaitsReadable = _socket!.ReceiveAsync(_receiving);
        if (_awaitsReadable)
        {
            return false;
        }

        NoteReceiveError();
        return true;
    }

    /// <inheritdoc/>
    protected override bool AwaitWritable()
    {
        SocketAsyncEventArgs sending = _sending ??= NewSending();
        Memory<byte> first = FirstQueued();
        sending.SetBuffer(first);
        _inFlight = first.Length;
        return !_socket!.SendAsync(sending) && FinishSend();
    }

    /// <inheritdoc/>
    protected override bool TryShutdownOutput()
    {
        try
        {
            _socket!.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void CloseDescriptor(bool reset)
    {
        if (_socket is { } socket)
        {
            try
            {
                if (reset)
                {
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                }
                else
                {
                    // Without it the runtime resets a connection that it closes while an operation is pending, as the wait for reading is.
                    socket.Shutdown(SocketShutdown.Send);
                }
            }
            catch (SocketException)
            {
                // The other side was faster; the descriptor is closed all the same.
            }

            socket.Dispose();
        }

        // Arguments of a pending operation refuse to be disposed; the completion that follows lets go of them.
        if (!_awaitsReadable)
        {
            _receiving.Dispose();
        }

        if (_inFlight == 0)
        {
            _sending?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override IPEndPoint? ReadLocal() => _socket?.LocalEndPoint as IPEndPoint;

    private static void Prepare(Socket socket)
    {
        socket.Blocking = false;
        socket.NoDelay = true;
    }

    private static CloseReason ReasonOf(SocketError error)
        => error switch
        {
            SocketError.ConnectionRefused => CloseReason.ConnectRefused,
            SocketError.TooManyOpenSockets => CloseReason.NoDescriptor,
            _ => CloseReason.ConnectFailed,
        };

    // Runs on a thread of the pool, or inside the runtime's own wait for sockets: it only posts.
    private static void OnCompleted(object? sender, SocketAsyncEventArgs args)
    {
        var connection = (SocketConnection)args.UserToken!;
        connection.Thread.Post(
            args.LastOperation switch
            {
                SocketAsyncOperation.Connect => static state => ((SocketConnection)state!).OnConnected(),
                SocketAsyncOperation.Receive => static state => ((SocketConnection)state!).OnReadable(),
                _ => static state => ((SocketConnection)state!).OnWritten(),
            },
            connection);
    }

    private void OnReadable()
    {
        _awaitsReadable = false;
        NoteReceiveError();
        if (IsClosed)
        {
            _receiving.Dispose();
        }
        else
        {
            Readable();
        }
    }

    private void OnWritten()
    {
        if (FinishSend())
        {
            Writable();
        }
    }

    private void OnConnected()
    {
        if (_receiving.SocketError == SocketError.Success)
        {
            Connected();
        }
        else
        {
            End(ReasonOf(_receiving.SocketError));
        }
    }

    private SocketAsyncEventArgs NewSending()
    {
        var sending = new SocketAsyncEventArgs(true) { UserToken = this };
        sending.Completed += OnCompleted;
        return sending;
    }

    // The error of the wait is the connection's: the kernel reports it once, and a receive after it would look like a FIN.
    private void NoteReceiveError() => _receiveFailed |= _receiving.SocketError is not (SocketError.Success or SocketError.OperationAborted);

    private bool FinishSend()
    {
        int sent = _inFlight;
        if (IsClosed)
        {
            _sending!.Dispose();
            return false;
        }

        if (_sending!.SocketError != SocketError.Success)
        {
            // How much of it went out is unknown: it stays counted as accepted.
            BreakSend();
            return false;
        }

        _inFlight = 0;
        Sent(sent);
        return true;
    }
}
