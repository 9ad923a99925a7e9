using EvenKeel.Transport.Connections;

namespace EvenKeel.Transport.Listeners;

/// <summary>Decides, on one loop, who handles an accepted connection.</summary>
public interface IConnectionAcceptor
{
    /// <summary>
    /// Called for each accepted connection. The handler's <see cref="ConnectionHandler.OnOpened"/> follows; null refuses the connection,
    /// which is then aborted.
    /// </summary>
    ConnectionHandler? OnAccepted(Connection connection);
}
