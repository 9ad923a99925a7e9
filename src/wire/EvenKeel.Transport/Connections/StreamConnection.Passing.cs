namespace EvenKeel.Transport.Connections;

// Passing on: what arrives goes to another connection instead of to the handler, through the loop's buffer or, where a transport can, without it.
internal abstract partial class StreamConnection
{
    private StreamConnection? _sink;
    private StreamConnection? _source;
    private bool _sinkFull;
    private long _passed;

    /// <inheritdoc/>
    public override long PassedBytes => _passed;

    /// <summary>Bytes on their way out of this connection that are in a pipe, in front of those in the queue.</summary>
    protected virtual int PipedBytes => 0;

    /// <summary>True when nothing waits for the socket, neither in the queue nor in a pipe.</summary>
    protected bool IsDrained => _queue.IsEmpty && PipedBytes == 0;

    private bool IsStopped => _paused || _sinkFull;

    /// <inheritdoc/>
    public override void PassTo(Connection? sink)
    {
        if (sink is not null && (sink is not StreamConnection || sink == this || sink.Loop != Loop))
        {
            throw new ArgumentException("Bytes can be passed on to another connection of the same loop only", nameof(sink));
        }

        if (_sink?._source == this)
        {
            _sink._source = null;
        }

        _sink = (StreamConnection?)sink;
        _presentAgain |= _kept.Length > 0;
        Unblock();
    }

    /// <summary>
    /// Moves received bytes into the pipe of a sink and from there to its socket: their number, or a value of <see cref="Transfer"/>.
    /// <see cref="Transfer.Copy"/> when they have to go through the buffer.
    /// </summary>
    protected virtual int TrySplice(StreamConnection sink) => Transfer.Copy;

    /// <summary>Sends bytes of the pipe without blocking: their number or a value of <see cref="Transfer"/>.</summary>
    protected virtual int TrySendPiped() => Transfer.WouldBlock;

    /// <summary>Drops what is in the pipe.</summary>
    protected virtual void DropPiped()
    {
    }

    /// <summary>Receiving may go on after the sink has stopped it.</summary>
    protected virtual void OnUnblocked()
    {
    }

    /// <summary>Sends what is in the pipe as far as the socket takes it.</summary>
    /// <returns>False when the socket takes no more, now or for ever.</returns>
    protected bool FlushPiped()
    {
        while (PipedBytes > 0)
        {
            int sent = TrySendPiped();
            if (sent == Transfer.Failed)
            {
                BreakSend();
                return false;
            }

            if (sent < 0)
            {
                return false;
            }

            _accepted += sent;
        }

        return true;
    }

    private void Pass(StreamConnection sink, ReadOnlySpan<byte> bytes)
    {
        _passed += bytes.Length;
        if (sink.Send(bytes) != SendResult.Taken)
        {
            Block(sink);
        }
    }

    private int PassOnce(StreamConnection sink)
    {
        int moved = TrySplice(sink);
        if (moved == Transfer.Copy)
        {
            return ReceiveOnce();
        }

        if (moved <= 0)
        {
            return Received(moved);
        }

        _passed += moved;
        if (sink.PipedBytes > 0 || sink._sendBroken)
        {
            Block(sink);
        }

        return moved;
    }

    // A sink that is over never drains: its handler hears of that, and ends this connection or takes what still comes.
    private void Block(StreamConnection sink)
    {
        _sinkFull = true;
        sink._source = this;
    }

    private void Unblock()
    {
        if (_sinkFull)
        {
            _sinkFull = false;
            OnUnblocked();
        }

        Thread.Schedule(this);
    }

    private void TellSource()
    {
        StreamConnection? source = _source;
        _source = null;
        source?.Unblock();
    }
}
