using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.Gateway.Tcp;

/// <summary>Accepts the connections of one listener on one loop. A source that is not trusted is refused before it could say anything.</summary>
internal sealed class TcpAcceptor(TcpLoop loop, TcpListener listener) : IConnectionAcceptor
{
    /// <inheritdoc/>
    public ConnectionHandler? OnAccepted(Connection connection)
    {
        if (loop.IsEnding)
        {
            return null;
        }

        TcpPlan plan = listener.Plan;
        if (plan.Admits(connection.Remote.Address))
        {
            return new TcpRelay(loop, plan, connection).Client;
        }

        loop.Counters.Add(TcpOutcome.UntrustedSource);
        plan.Unrouted[loop.Events.Index].Add(TcpOutcome.UntrustedSource);
        return null;
    }
}
