using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Commands;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;

namespace EvenKeel.State.Server.Sessions;

/// <summary>Gives each accepted connection a session, up to the limit of clients.</summary>
internal sealed class SessionAcceptor(CommandProcessor processor, RespLimits limits) : IConnectionAcceptor
{
    private long _lastId;

    public ConnectionHandler OnAccepted(Connection connection)
    {
        ServerCounters counters = processor.Counters;
        if (counters.Clients >= counters.MaxClients)
        {
            counters.Rejected++;
            return new RefusedSession();
        }

        counters.Clients++;
        counters.Accepted++;
        return new SessionHandler(new ClientSession(++_lastId, connection), processor, limits);
    }
}
