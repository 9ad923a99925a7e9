using System.Net;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Sockets;

/// <summary>A loop that waits for posted completions: every completion of a socket operation is one.</summary>
internal sealed class SocketLoop(int index, LoopGroupOptions options) : LoopThread(index, options)
{
    private readonly object _gate = new();
    private bool _signalled;

    /// <inheritdoc/>
    protected override void Wake()
    {
        lock (_gate)
        {
            _signalled = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <inheritdoc/>
    protected override void Wait(int milliseconds)
    {
        if (milliseconds == 0)
        {
            return;
        }

        lock (_gate)
        {
            if (!_signalled)
            {
                Monitor.Wait(_gate, milliseconds);
            }

            _signalled = false;
        }
    }

    /// <inheritdoc/>
    protected override StreamConnection BeginConnect(IPEndPoint remote, ConnectionHandler handler)
    {
        var connection = new SocketConnection(this, remote) { Handler = handler };
        Add(connection);
        connection.BeginConnect();
        return connection;
    }

    /// <inheritdoc/>
    protected override void CloseListeners()
    {
        // Listening sockets belong to the group, which closes them before the loops end.
    }

    /// <inheritdoc/>
    protected override void Release()
    {
    }
}
