using System.Text;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Routing;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Clients;

/// <summary>
/// A client's connection: parses request heads and gives each to an exchange, one after the other. What arrives early is left with the
/// transport, which is told to receive no more until it is wanted, so that a client can never make the gateway keep more than one buffer.
/// </summary>
internal sealed partial class ClientConnection(GatewayLoop loop, Connection connection) : ConnectionHandler
{
    // Lent from the first byte of a request until the connection waits for the next one: most connections wait most of the time.
    private RequestHead? _head;
    private byte[] _address = Encoding.ASCII.GetBytes(connection.Remote.Address.ToString());
    private byte[]? _localAddress;
    private Exchange? _exchange;
    private ClientPhase _phase;
    private ClientDeadline _deadline;
    private bool _isPaused;
    private bool _hasServed;

    /// <summary>Where it stands in the loop's list; -1 before it was opened, which may never happen. Written by the loop only.</summary>
    public int Position { get; set; } = -1;

    /// <summary>The head of the request under way, whose bytes its exchange knows.</summary>
    public RequestHead Head => _head!;

    /// <summary>The client's address as a number, for routes.</summary>
    public UInt128 AddressBits { get; private set; } = ClientNetwork.BitsOf(connection.Remote.Address);

    /// <summary>The client's address, as it stands in X-Forwarded-For.</summary>
    public ReadOnlySpan<byte> Address => _address;

    /// <summary>The address that the client connected to.</summary>
    public ReadOnlySpan<byte> LocalAddress => _localAddress ??= Encoding.ASCII.GetBytes(connection.Local?.ToString() ?? "localhost");

    /// <summary>The scheme of the address that the client connected to.</summary>
    public ReadOnlySpan<byte> Scheme => IsSecure ? "https"u8 : "http"u8;

    /// <summary>True when the client came over TLS.</summary>
    public bool IsSecure => connection.Tls is not null;

    /// <summary>True once the client has ended its side.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>True while more is queued for the client than should be.</summary>
    public bool IsBacklogged { get; private set; }

    /// <summary>Bytes that the kernel accepted.</summary>
    public long AcceptedBytes => connection.AcceptedBytes;

    /// <summary>Bytes that wait for the kernel.</summary>
    public int QueuedBytes => connection.QueuedBytes;

    /// <summary>Sends bytes of a response. A client that takes no more of it is gone: what it still sends is worth nothing.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        switch (bytes.IsEmpty ? SendResult.Taken : connection.Send(bytes))
        {
            case SendResult.Backlogged:
                IsBacklogged = true;
                break;
            case SendResult.Closed:
                connection.Abort();
                break;
        }
    }

    /// <summary>What is sent next ends a response that the connection does not outlive.</summary>
    public void EndFollows() => connection.EndFollows();

    /// <summary>Ends the sending side, in a tunnel.</summary>
    public void ShutdownSend() => connection.ShutdownSend();

    /// <summary>Stops receiving until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        if (!_isPaused)
        {
            _isPaused = true;
            connection.PauseReceive();
        }
    }

    /// <summary>Receives again, beginning with what was left.</summary>
    public void Resume()
    {
        if (_isPaused)
        {
            _isPaused = false;
            connection.ResumeReceive();
        }
    }

    /// <inheritdoc/>
    public override void OnOpened(Connection connection)
    {
        _phase = loop.Snapshot.Trusted is null || _isIntroduced ? ClientPhase.Idle : ClientPhase.Proxy;
        loop.Add(this);
        _deadline.Arm(loop.Events.Timestamp, loop.Snapshot.HeadTicks);
    }

    /// <inheritdoc/>
    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        var total = 0;
        while (total < bytes.Data.Length && !_isPaused)
        {
            var rest = new ReceivedBytes(bytes.From(0, bytes.Headroom), bytes.Headroom + total);
            var consumed = _phase switch
            {
                ClientPhase.Idle or ClientPhase.Head => ReadHead(rest),
                ClientPhase.Exchange => _exchange!.OnClientReceived(rest),
                ClientPhase.Proxy => ReadProxyHeader(rest.Data),
                _ => Discard(rest.Data.Length),
            };
            total += consumed;
            if (consumed == 0)
            {
                break;
            }
        }

        // What an exchange leaves is of the next request, or more of the body than it can take now. Both wait.
        if (_phase == ClientPhase.Exchange && total < bytes.Data.Length)
        {
            Pause();
        }

        return total;
    }

    /// <inheritdoc/>
    public override void OnReceiveEnded(Connection connection, int unconsumed)
    {
        HasEnded = true;
        if (_phase == ClientPhase.Exchange)
        {
            _exchange!.OnClientEnded();
        }
        else if (_phase != ClientPhase.Closing)
        {
            Close();
        }
    }

    /// <inheritdoc/>
    public override void OnSendDrained(Connection connection)
    {
        IsBacklogged = false;
        if (_phase == ClientPhase.Exchange)
        {
            _exchange!.OnClientDrained();
        }
        else if (_phase == ClientPhase.Idle)
        {
            Resume();
        }
    }

    /// <inheritdoc/>
    public override void OnClosed(Connection connection, CloseReason reason)
    {
        // The exchange first: the loop has drained only when its last one is counted.
        _phase = ClientPhase.Closing;
        _exchange?.OnClientClosed();
        GiveBackHead();
        loop.Remove(this);
    }

    /// <summary>The exchange is over; what follows for the connection.</summary>
    public void OnExchangeEnded(AfterExchange after)
    {
        _exchange = null;
        _hasServed = true;
        if (!connection.IsOpen)
        {
            _phase = ClientPhase.Closing;
            return;
        }

        switch (after)
        {
            case AfterExchange.KeepAlive:
                AwaitNext();
                break;
            case AfterExchange.Close when !_isPaused:
                Close();
                break;
            case AfterExchange.Close or AfterExchange.Linger:
                Linger();
                break;
            default:
                Abort();
                break;
        }
    }

    /// <summary>Acts when the time for the current phase is over.</summary>
    public void CheckDeadline(long now)
    {
        if (_phase == ClientPhase.Exchange)
        {
            _exchange!.CheckDeadline(now);
            return;
        }

        if (!_deadline.HasPassed(now))
        {
            return;
        }

        switch (_phase)
        {
            case ClientPhase.Idle:
                Close();
                break;
            case ClientPhase.Proxy:
                RefuseSource();
                break;
            case ClientPhase.Head:
                Refuse(new Problem(ProblemCode.RequestTimeout));
                break;
            case var _ when _deadline.SeesProgress(connection.QueuedBytes):
                _deadline.Arm(now, loop.Snapshot.IdleTicks, connection.QueuedBytes);
                break;
            case ClientPhase.Lingering when connection.QueuedBytes == 0:
                Close();
                break;
            default:
                Abort();
                break;
        }
    }

    /// <summary>The gateway drains: a connection between two requests ends now, one that was never used gets a last chance.</summary>
    public void Drain()
    {
        if (_phase == ClientPhase.Idle && _hasServed)
        {
            Close();
        }
        else if (_phase is ClientPhase.Idle or ClientPhase.Proxy)
        {
            _deadline.Shorten(loop.Events.Timestamp, loop.LastChanceTicks);
        }
    }

    /// <summary>Resets the connection.</summary>
    public void Abort()
    {
        _phase = _phase == ClientPhase.Exchange ? _phase : ClientPhase.Closing;
        connection.Abort();
    }

    private int ReadHead(ReceivedBytes bytes)
    {
        var snapshot = loop.Snapshot;
        _head ??= loop.RentHead();
        switch (_head.Parse(bytes.Data, snapshot.Head))
        {
            case HeadStatus.Complete:
                _phase = ClientPhase.Exchange;
                _exchange = loop.Rent();
                return _exchange.Begin(this, _head, bytes);
            case HeadStatus.Invalid:
                loop.Counters.Requests++;
                Refuse(Problem.OfRequest(_head.Fault));
                return bytes.Data.Length;
            default:
                if (_phase == ClientPhase.Idle)
                {
                    _phase = ClientPhase.Head;
                    _deadline.Arm(loop.Events.Timestamp, snapshot.HeadTicks);
                }

                return 0;
        }
    }

    private int Discard(int length)
    {
        _deadline.Discarded += length;
        if (_phase == ClientPhase.Lingering && _deadline.Discarded > ClientDeadline.MaxDiscarded)
        {
            Abort();
        }

        return length;
    }

    private void Refuse(Problem problem)
    {
        loop.Counters.Add(problem.Code);
        loop.Unrouted.Add(problem.Status, 0, 0, 0);
        LogRefusal(problem);
        var scratch = loop.Scratch;
        Send(scratch.AsSpan(0, ProblemWriter.Write(problem, default, default, 0, default, head: false, close: true, scratch)));
        Linger();
    }

    private void AwaitNext()
    {
        _phase = ClientPhase.Idle;
        GiveBackHead();
        _deadline.Arm(loop.Events.Timestamp, loop.Snapshot.KeepAliveTicks);
        if (!IsBacklogged)
        {
            Resume();
        }
        else
        {
            Pause();
        }
    }

    private void GiveBackHead()
    {
        if (_head is not null)
        {
            loop.Return(_head);
            _head = null;
        }
    }

    private void Linger()
    {
        if (HasEnded)
        {
            Close();
            return;
        }

        _phase = ClientPhase.Lingering;
        _deadline.Arm(loop.Events.Timestamp, loop.LingerTicks, connection.QueuedBytes);
        connection.ShutdownSend();
        Resume();
    }

    private void Close()
    {
        _phase = ClientPhase.Closing;
        _deadline.Arm(loop.Events.Timestamp, loop.Snapshot.IdleTicks, connection.QueuedBytes);
        connection.Close();
    }
}
