using EvenKeel.Transport.Connections;

namespace EvenKeel.Gateway.Tcp;

/// <summary>One of the two connections of a relay, and what is known of its state.</summary>
internal sealed class RelaySide(TcpRelay relay) : ConnectionHandler
{
    private Connection? _connection;
    private bool _isPaused;

    /// <summary>The connection.</summary>
    public Connection Connection => _connection!;

    /// <summary>True once the other end has sent its end.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>True once the connection is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Bytes that arrived and were passed on.</summary>
    public long Received => _connection!.PassedBytes;

    /// <summary>What of <see cref="Received"/> is in the loop's counters.</summary>
    public long Counted { get; set; }

    /// <summary>Grows whenever a byte comes or goes.</summary>
    public long Progress => Received + _connection!.AcceptedBytes;

    /// <summary>Tells the side its connection, once, before any callback.</summary>
    public RelaySide Attach(Connection connection)
    {
        _connection = connection;
        return this;
    }

    /// <summary>Stops receiving until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        if (!_isPaused)
        {
            _isPaused = true;
            _connection!.PauseReceive();
        }
    }

    /// <summary>Receives again, beginning with what was left.</summary>
    public void Resume()
    {
        if (_isPaused)
        {
            _isPaused = false;
            _connection!.ResumeReceive();
        }
    }

    /// <inheritdoc/>
    public override void OnOpened(Connection connection) => relay.OnOpened(this);

    /// <inheritdoc/>
    public override int OnReceived(Connection connection, ReceivedBytes bytes) => relay.OnReceived(bytes.Data);

    /// <inheritdoc/>
    public override void OnReceiveEnded(Connection connection, int unconsumed)
    {
        HasEnded = true;
        relay.OnEnded(this);
    }

    /// <inheritdoc/>
    public override void OnClosed(Connection connection, CloseReason reason)
    {
        IsOver = true;
        relay.OnClosed(this, reason);
    }
}
