using System.Net;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Connections;

/// <summary>
/// The rules of a connection, for every transport: when which callback runs, what is kept and queued, and how it ends. A transport adds the
/// non-blocking operations on its socket and says when the socket got ready. Callbacks run in <see cref="Turn"/> only, so they never nest.
/// <para>A turn: 1. the end of a connect; 2. queued bytes, when the socket takes them again; 3. received bytes; 4. the end, when it was decided.</para>
/// </summary>
internal abstract partial class StreamConnection : Connection, ILoopWork
{
    private ConnectionHandler _handler = UnsetHandler.Instance;
    private Phase _phase = Phase.Connecting;
    private CloseReason? _end;
    private IPEndPoint? _local;
    private bool _connected;
    private bool _closeWhenOpen;

    /// <summary>Makes a connection that is not open yet.</summary>
    protected StreamConnection(LoopThread loop, IPEndPoint remote)
    {
        Thread = loop;
        Remote = remote;
    }

    private enum Phase
    {
        Connecting,
        Open,
        Closing,
        Closed,
    }

    /// <inheritdoc/>
    public override EventLoop Loop => Thread;

    /// <inheritdoc/>
    public override ConnectionHandler Handler
    {
        get => _handler;
        set => _handler = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <inheritdoc/>
    public override IPEndPoint? Local => _local ??= IsOpen ? ReadLocal() : null;

    /// <inheritdoc/>
    public override IPEndPoint Remote { get; }

    /// <inheritdoc/>
    public override bool IsOpen => _phase == Phase.Open && _end is null;

    /// <inheritdoc/>
    public override long AcceptedBytes => _accepted + InFlightBytes;

    /// <inheritdoc/>
    public override int QueuedBytes => _queue.Length + PipedBytes;

    /// <inheritdoc/>
    public bool IsScheduled { get; set; }

    /// <summary>Where it stands in the loop's set. Written by the loop only.</summary>
    public int Position { get; set; }

    /// <summary>True once OnClosed has been called.</summary>
    protected bool IsClosed => _phase == Phase.Closed;

    /// <summary>The loop.</summary>
    protected LoopThread Thread { get; }

    /// <summary>What counts an accepted connection; null for one that this side made.</summary>
    protected AcceptGate? Gate { get; init; }

    /// <summary>Queued bytes that were handed to the runtime with an unknown outcome; they count as accepted and are the first of the queue.</summary>
    protected virtual int InFlightBytes => 0;

    /// <inheritdoc/>
    public override void Close()
    {
        if (_phase == Phase.Closed || _end is not null)
        {
            return;
        }

        if ((IsDrained && IsFlushed) || _sendBroken)
        {
            End(_sendBroken ? CloseReason.Reset : CloseReason.Closed);
        }
        else if (_phase == Phase.Open)
        {
            _phase = Phase.Closing;
        }
        else
        {
            _closeWhenOpen = true;
        }
    }

    /// <inheritdoc/>
    public override void Abort()
    {
        // A close that was decided in this very callback can still become a reset.
        if (_phase != Phase.Closed && _end is null or CloseReason.Closed)
        {
            _end = CloseReason.Aborted;
            Thread.Schedule(this);
        }
    }

    /// <summary>Ends the connection because its loop ends.</summary>
    public void EndWithLoop() => End(CloseReason.LoopEnded);

    /// <inheritdoc/>
    public void Turn()
    {
        if (_phase == Phase.Closed)
        {
            return;
        }

        if (_connected && _phase == Phase.Connecting && _end is null)
        {
            Open();
        }

        if (_writable && _phase is Phase.Open or Phase.Closing && _end is null)
        {
            _writable = false;
            Flush();
        }

        if (_phase == Phase.Open && _end is null)
        {
            Receive();
        }

        if (_end is { } reason)
        {
            Finish(reason);
        }
    }

    /// <summary>Begins an accepted connection: asks who handles it.</summary>
    protected void Adopt(IConnectionAcceptor acceptor)
    {
        Thread.Add(this);
        if (Thread.IsEnding)
        {
            End(CloseReason.LoopEnded);
            return;
        }

        long entered = Thread.Enter();
        try
        {
            if (acceptor.OnAccepted(this) is { } handler)
            {
                _handler = handler;
                _readable = true;
                Connected();
            }
            else
            {
                End(CloseReason.Aborted);
            }
        }
        catch (Exception error)
        {
            Fail(error);
        }

        Thread.Leave(entered, nameof(IConnectionAcceptor.OnAccepted));
    }

    /// <summary>The transport says: the connect succeeded.</summary>
    protected void Connected()
    {
        _connected = true;
        Thread.Schedule(this);
    }

    /// <summary>Decides the end; the turn that follows performs it. The first decision counts.</summary>
    protected void End(CloseReason reason)
    {
        if (_phase != Phase.Closed && _end is null)
        {
            _end = reason;
            Thread.Schedule(this);
        }
    }

    /// <summary>Receives without blocking: a number of bytes or a value of <see cref="Transfer"/>.</summary>
    protected abstract int TryReceive(Span<byte> into);

    /// <summary>Sends without blocking: a number of bytes or a value of <see cref="Transfer"/>. Never called while bytes are in flight.</summary>
    protected abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Arranges that <see cref="Readable"/> is called; true when the socket is readable already.</summary>
    protected abstract bool AwaitReadable();

    /// <summary>
    /// Arranges that <see cref="Writable"/> is called, now that the socket did not take the first queued bytes; true when it did meanwhile and
    /// <see cref="Sent"/> was called.
    /// </summary>
    protected abstract bool AwaitWritable();

    /// <summary>Sends FIN; false when the connection is broken.</summary>
    protected abstract bool TryShutdownOutput();

    /// <summary>Closes the descriptor, with RST when asked.</summary>
    protected abstract void CloseDescriptor(bool reset);

    /// <summary>Asks the socket for this side's address.</summary>
    protected abstract IPEndPoint? ReadLocal();

    private void Open()
    {
        _phase = _closeWhenOpen ? Phase.Closing : Phase.Open;
        if (_phase == Phase.Open)
        {
            long entered = Thread.Enter();
            try
            {
                _handler.OnOpened(this);
            }
            catch (Exception error)
            {
                Fail(error);
            }

            Thread.Leave(entered, nameof(ConnectionHandler.OnOpened));
        }

        _writable = true;
    }

    private void EndWhenBothEnded()
    {
        if (_receiveEnded && _shutdownDone)
        {
            End(CloseReason.Closed);
        }
    }

    private void Fail(Exception error)
    {
        Thread.Report(error);
        End(CloseReason.HandlerFailed);
    }

    private void Finish(CloseReason reason)
    {
        _phase = Phase.Closed;
        _kept.Clear();
        _queue.Clear(abandonFirst: InFlightBytes > 0);
        DropPiped();
        CloseDescriptor(reset: reason != CloseReason.Closed);
        Thread.Remove(this);
        long entered = Thread.Enter();
        try
        {
            _handler.OnClosed(this, reason);
        }
        catch (Exception error)
        {
            Thread.Report(error);
        }

        Thread.Leave(entered, nameof(ConnectionHandler.OnClosed));

        // Last: another loop accepts the next one at once, and the handlers would be more than the limit.
        Gate?.Release();
    }
}
