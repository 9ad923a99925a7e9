using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>An acceptor made of a function.</summary>
internal sealed class FunctionAcceptor(Func<Connection, ConnectionHandler?> accept) : IConnectionAcceptor
{
    public ConnectionHandler? OnAccepted(Connection connection) => accept(connection);
}
