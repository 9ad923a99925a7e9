namespace EvenKeel.Transport.Connections;

// The receiving side: one buffer of the loop for all connections, and a pooled copy of what a handler left.
internal abstract partial class StreamConnection
{
    private KeptBytes _kept;
    private bool _readable;
    private bool _paused;
    private bool _presentAgain;
    private bool _receiveEnded;

    /// <summary>True between <see cref="PauseReceive"/> and <see cref="ResumeReceive"/>, and while a sink is full.</summary>
    protected bool IsPaused => IsStopped;

    /// <summary>Where received bytes are put, behind the headroom.</summary>
    protected virtual byte[] ReceiveBuffer => Thread.Buffer;

    /// <summary>True while bytes can arrive without the transport being asked, though nothing can be sent any more.</summary>
    protected virtual bool MayStillReceive => false;

    /// <inheritdoc/>
    public override void PauseReceive() => _paused = true;

    /// <inheritdoc/>
    public override void ResumeReceive()
    {
        if (_paused)
        {
            _paused = false;
            _presentAgain = true;
            Thread.Schedule(this);
        }
    }

    /// <summary>The transport says: there may be something to receive.</summary>
    protected void Readable()
    {
        _readable = true;
        if (!IsStopped)
        {
            Thread.Schedule(this);
        }
    }

    private void Receive()
    {
        int budget = Thread.Options.TurnBytes;
        while (_phase == Phase.Open && _end is null && !IsStopped && !_receiveEnded)
        {
            if (budget <= 0)
            {
                Thread.Schedule(this);
                return;
            }

            if (_presentAgain)
            {
                _presentAgain = false;
                if (_kept.Length > 0)
                {
                    budget -= _kept.Length;
                    Present(0);
                }
            }
            else if (_readable || AwaitReadable())
            {
                budget -= _sink is { } sink ? PassOnce(sink) : ReceiveOnce();
            }
            else if (_sendBroken && !MayStillReceive)
            {
                End(CloseReason.Reset);
            }
            else
            {
                return;
            }
        }

        if (_sendBroken && _receiveEnded)
        {
            End(CloseReason.Reset);
        }
    }

    private int ReceiveOnce()
    {
        Span<byte> room = ReceiveBuffer.AsSpan(Thread.Options.Headroom + _kept.Length);
        int received = TryReceive(room);

        // A short read has emptied the socket: asking once more would cost a system call to hear so.
        _readable = received == room.Length;
        return Received(received);
    }

    private int Received(int received)
    {
        _readable &= received > 0;
        switch (received)
        {
            case Transfer.WouldBlock:
                return 0;
            case Transfer.Ended when !_sendBroken:
                EndReceive();
                return 0;
            case Transfer.Ended or Transfer.Failed:
                End(CloseReason.Reset);
                return 0;
            default:
                Present(received);
                return received;
        }
    }

    private void Present(int received)
    {
        int headroom = Thread.Options.Headroom;
        int length = _kept.Length + received;
        Span<byte> bytes = ReceiveBuffer.AsSpan(0, headroom + length);
        _kept.Span.CopyTo(bytes[headroom..]);
        if (_sink is { } sink)
        {
            _kept.Clear();
            Pass(sink, bytes[headroom..]);
            return;
        }

        int consumed = 0;
        long entered = Thread.Enter();
        try
        {
            consumed = _handler.OnReceived(this, new ReceivedBytes(bytes, headroom));
            if ((uint)consumed > (uint)length)
            {
                throw new InvalidOperationException($"OnReceived said that it consumed {consumed} of {length} bytes: return 0 to {length}");
            }
        }
        catch (Exception error)
        {
            Fail(error);
        }

        Thread.Leave(entered, nameof(ConnectionHandler.OnReceived));
        if (_end is not null || _phase != Phase.Open)
        {
            return;
        }

        _kept.Set(bytes[(headroom + consumed)..]);
        if (_kept.Length == Thread.Options.ReceiveBuffer && !IsStopped)
        {
            End(CloseReason.Aborted);
        }
    }

    private void EndReceive()
    {
        _receiveEnded = true;
        int unconsumed = _kept.Length;
        _kept.Clear();
        long entered = Thread.Enter();
        try
        {
            _handler.OnReceiveEnded(this, unconsumed);
        }
        catch (Exception error)
        {
            Fail(error);
        }

        Thread.Leave(entered, nameof(ConnectionHandler.OnReceiveEnded));
        EndWhenBothEnded();
    }
}
