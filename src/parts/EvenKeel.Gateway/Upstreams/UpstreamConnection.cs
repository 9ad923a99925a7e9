using EvenKeel.Gateway.Exchanges;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Upstreams;

/// <summary>A connection to an endpoint: lent to one exchange at a time, or idle in its pool.</summary>
internal sealed class UpstreamConnection(UpstreamPool pool, TlsClient? tls) : ConnectionHandler
{
    private Connection? _connection;
    private Exchange? _exchange;

    /// <summary>True once the endpoint has accepted it, until it ends.</summary>
    public bool IsOpen => _connection is { IsOpen: true };

    /// <summary>What it was made with, or null for a plain connection.</summary>
    public TlsClient? Tls => tls;

    /// <summary>Why TLS ended it, or null.</summary>
    public string? TlsFailure => _connection!.TlsFailure;

    /// <summary>True when it has carried an exchange before.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Since when it is idle, in ticks of the clock.</summary>
    public long IdleSince { get; set; }

    /// <summary>Bytes that the kernel accepted.</summary>
    public long AcceptedBytes => _connection!.AcceptedBytes;

    /// <summary>Bytes that wait for the kernel.</summary>
    public int QueuedBytes => _connection!.QueuedBytes;

    /// <summary>Tells the handler its connection, once, before any callback.</summary>
    public void Attach(Connection connection) => _connection = connection;

    /// <summary>Gives it to an exchange, which gets the callbacks from now on.</summary>
    public void Lend(Exchange exchange) => _exchange = exchange;

    /// <summary>Sends bytes of a request.</summary>
    public SendResult Send(ReadOnlySpan<byte> bytes) => _connection!.Send(bytes);

    /// <summary>Stops receiving until <see cref="Resume"/>.</summary>
    public void Pause() => _connection!.PauseReceive();

    /// <summary>Receives again.</summary>
    public void Resume() => _connection!.ResumeReceive();

    /// <summary>Ends the sending side, in a tunnel.</summary>
    public void ShutdownSend() => _connection!.ShutdownSend();

    /// <summary>Takes it back from its exchange whole: the response was complete and the connection lives on.</summary>
    public void Return()
    {
        _exchange = null;
        IsReused = true;
        if (IsOpen)
        {
            pool.Add(this);
        }
    }

    /// <summary>Takes it back from its exchange and closes it.</summary>
    public void Close()
    {
        _exchange = null;
        _connection!.Close();
    }

    /// <summary>Takes it back from its exchange, or from the pool, and resets it.</summary>
    public void Drop()
    {
        _exchange = null;
        _connection!.Abort();
    }

    /// <inheritdoc/>
    public override void OnOpened(Connection connection) => _exchange?.OnUpstreamOpened();

    /// <inheritdoc/>
    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        if (_exchange is not null)
        {
            return _exchange.OnUpstreamReceived(bytes);
        }

        // Bytes that nobody asked for: whatever they are, the next exchange must not take them for its response.
        LeavePool();
        connection.Abort();
        return bytes.Data.Length;
    }

    /// <inheritdoc/>
    public override void OnReceiveEnded(Connection connection, int unconsumed)
    {
        if (_exchange is not null)
        {
            _exchange.OnUpstreamEnded();
            return;
        }

        LeavePool();
        connection.Close();
    }

    /// <inheritdoc/>
    public override void OnSendDrained(Connection connection) => _exchange?.OnUpstreamDrained();

    /// <inheritdoc/>
    public override void OnClosed(Connection connection, CloseReason reason)
    {
        var exchange = _exchange;
        _exchange = null;
        if (exchange is null)
        {
            LeavePool();
        }

        pool.Forget(this);
        exchange?.OnUpstreamClosed(reason);
    }

    private void LeavePool() => pool.Remove(this);
}
