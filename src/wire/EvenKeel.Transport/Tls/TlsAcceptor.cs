using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Tls;

/// <summary>Puts TLS between one loop's accepted connections and their acceptor.</summary>
internal sealed class TlsAcceptor(TlsServer server, IConnectionAcceptor inner) : IConnectionAcceptor
{
    /// <inheritdoc/>
    public ConnectionHandler? OnAccepted(Connection connection)
        => TlsConnection.Accept((StreamConnection)connection, server.Current, inner).Cipher;
}
