using EvenKeel.Gateway.Loops;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Https;

/// <summary>One loop's acceptor of the address for HTTPS: TLS at once or, on a gateway whose clients are proxies, after their PROXY header.</summary>
internal sealed class HttpsAcceptor(GatewayLoop loop, TlsServer server) : IConnectionAcceptor
{
    private readonly IConnectionAcceptor _direct = server.Accept(loop);

    /// <inheritdoc/>
    public ConnectionHandler? OnAccepted(Connection connection)
        => loop.Snapshot.Trusted is null ? _direct.OnAccepted(connection)
            : loop.Admits(connection) ? new ProxiedHandshake(loop, connection, server)
            : null;
}
