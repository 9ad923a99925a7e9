using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace Backend;

/// <summary>Gives each connection a handler.</summary>
internal sealed class BackendAcceptor : IConnectionAcceptor
{
    public ConnectionHandler? OnAccepted(Connection connection) => new BackendConnection();
}
