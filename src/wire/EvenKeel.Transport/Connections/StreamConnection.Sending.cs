namespace EvenKeel.Transport.Connections;

// The sending side: straight to the socket while nothing is queued, else behind what is.
internal abstract partial class StreamConnection
{
    private readonly SendQueue _queue = new();
    private long _accepted;
    private bool _writable;
    private bool _sendBroken;
    private bool _backlogged;
    private bool _shutdownAsked;
    private bool _shutdownDone;

    /// <summary>False while bytes that left the queue still wait below it; <see cref="Writable"/> follows then.</summary>
    protected virtual bool IsFlushed => true;

    /// <summary>Asks for OnSendDrained when something is queued, and tells whether something is.</summary>
    public bool AskForDrained() => !IsDrained && (_backlogged = true);

    /// <inheritdoc/>
    public override SendResult Send(ReadOnlySpan<byte> bytes)
    {
        if (_end is not null || _phase >= Phase.Closing || _closeWhenOpen || _shutdownAsked || _sendBroken)
        {
            return SendResult.Closed;
        }

        if (_phase == Phase.Open && IsDrained)
        {
            int sent = bytes.IsEmpty ? 0 : TrySend(bytes);
            if (sent == Transfer.Failed)
            {
                BreakSend();
                return SendResult.Closed;
            }

            sent = Math.Max(sent, 0);
            _accepted += sent;
            if (sent == bytes.Length)
            {
                return SendResult.Taken;
            }

            _queue.Append(bytes[sent..]);
            if (AwaitWritable())
            {
                Writable();
            }
        }
        else
        {
            _queue.Append(bytes);
        }

        if (QueuedBytes <= Thread.Options.SendBacklog)
        {
            return _sendBroken ? SendResult.Closed : SendResult.Taken;
        }

        _backlogged = true;
        return SendResult.Backlogged;
    }

    /// <inheritdoc/>
    public override void ShutdownSend()
    {
        _shutdownAsked = true;
        FinishSending();
    }

    /// <summary>The transport says: the socket may take bytes again.</summary>
    protected void Writable()
    {
        _writable = true;
        Thread.Schedule(this);
    }

    /// <summary>The transport says: this many of the first queued bytes were accepted.</summary>
    protected void Sent(int count)
    {
        _accepted += count;
        _queue.Advance(count);
    }

    /// <summary>The first queued bytes.</summary>
    protected Memory<byte> FirstQueued() => _queue.First;

    /// <summary>
    /// Nothing can be sent any more. What the other side sent before can still be received (an HTTP server answers 413 and resets), so the
    /// connection ends only when that has been presented.
    /// </summary>
    protected void BreakSend()
    {
        _sendBroken = true;
        _queue.Clear(abandonFirst: InFlightBytes > 0);
        DropPiped();
        if (_phase == Phase.Closing)
        {
            End(CloseReason.Reset);
        }
        else
        {
            Readable();
        }
    }

    private void Flush()
    {
        if (!FlushPiped())
        {
            return;
        }

        while (!_queue.IsEmpty)
        {
            int sent = InFlightBytes > 0 ? Transfer.WouldBlock : TrySend(_queue.First.Span);
            if (sent == Transfer.Failed)
            {
                BreakSend();
                return;
            }

            if (sent > 0)
            {
                Sent(sent);
            }
            else if (InFlightBytes > 0 || !AwaitWritable())
            {
                return;
            }
        }

        TellSource();
        if (_backlogged && _phase == Phase.Open)
        {
            _backlogged = false;
            long entered = Thread.Enter();
            try
            {
                _handler.OnSendDrained(this);
            }
            catch (Exception error)
            {
                Fail(error);
            }

            Thread.Leave(entered, nameof(ConnectionHandler.OnSendDrained));
        }

        FinishSending();
        if (_phase == Phase.Closing && IsDrained && (_sendBroken || IsFlushed))
        {
            End(_sendBroken ? CloseReason.Reset : CloseReason.Closed);
        }
    }

    private void FinishSending()
    {
        if (!_shutdownAsked || _shutdownDone || _sendBroken || _phase != Phase.Open || !IsDrained || _end is not null)
        {
            return;
        }

        if (!TryShutdownOutput())
        {
            BreakSend();
            return;
        }

        _shutdownDone = true;
        EndWhenBothEnded();
    }
}
