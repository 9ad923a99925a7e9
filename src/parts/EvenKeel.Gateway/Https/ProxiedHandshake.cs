using EvenKeel.Gateway.Clients;
using EvenKeel.Gateway.Loops;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Https;

/// <summary>
/// Reads the PROXY header of a connection, which stands in front of the ClientHello, and leaves the connection to TLS. The header has the time
/// of a head to arrive in; the handshake has its own after it.
/// </summary>
internal sealed class ProxiedHandshake : ConnectionHandler
{
    private readonly GatewayLoop _loop;
    private readonly TlsServer _server;
    private readonly LoopTimer _timer;

    /// <summary>Begins to wait for the header.</summary>
    public ProxiedHandshake(GatewayLoop loop, Connection connection, TlsServer server)
    {
        _loop = loop;
        _server = server;
        _timer = loop.Events.Schedule(loop.Snapshot.Options.Timeouts.Head, state => Refuse((Connection)state!), connection);
    }

    /// <inheritdoc/>
    public override int OnReceived(Connection connection, ReceivedBytes bytes)
    {
        switch (ProxyHeaderParser.Parse(bytes.Data, out ProxyHeader header))
        {
            case ProxyHeaderStatus.Complete:
                _timer.Cancel();
                connection.Handler = _server.Accept(new IntroducedClient(_loop, header)).OnAccepted(connection)!;

                // What is left of the bytes is of the handshake, and is presented again to its handler.
                connection.PauseReceive();
                connection.ResumeReceive();
                return header.Length;
            case ProxyHeaderStatus.Invalid:
                Refuse(connection);
                return bytes.Data.Length;
            default:
                return 0;
        }
    }

    /// <inheritdoc/>
    public override void OnReceiveEnded(Connection connection, int unconsumed) => connection.Close();

    /// <inheritdoc/>
    public override void OnClosed(Connection connection, CloseReason reason) => _timer.Cancel();

    private void Refuse(Connection connection)
    {
        _timer.Cancel();
        _loop.Counters.RefusedSources++;
        connection.Abort();
    }
}
