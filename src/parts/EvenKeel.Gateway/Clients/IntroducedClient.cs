using EvenKeel.Gateway.Loops;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Gateway.Clients;

/// <summary>Takes a connection whose PROXY header was read before its TLS handshake.</summary>
internal sealed class IntroducedClient(GatewayLoop loop, ProxyHeader header) : IConnectionAcceptor
{
    /// <inheritdoc/>
    public ConnectionHandler? OnAccepted(Connection connection) => loop.IsEnding ? null : ClientConnection.Introduced(loop, connection, header);
}
