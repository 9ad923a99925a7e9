using EvenKeel.State.Server.Keys;
using EvenKeel.State.Server.Sessions;

namespace EvenKeel.State.Server.Channels;

/// <summary>Who is subscribed to what. Used on the server's loop only.</summary>
internal sealed class ChannelTable
{
    /// <summary>Channels that one client may be subscribed to.</summary>
    public const int MaxChannels = 1024;

    private readonly Dictionary<byte[], List<ClientSession>> _subscribers = new(KeyComparer.Instance);

    /// <summary>Subscribes a client; nothing changes when it is subscribed already.</summary>
    /// <returns>False when the client has reached the limit.</returns>
    public bool TrySubscribe(ClientSession session, ReadOnlySpan<byte> channel)
    {
        byte[] name = channel.ToArray();
        if (session.Channels.Contains(name))
        {
            return true;
        }

        if (session.Channels.Count == MaxChannels)
        {
            return false;
        }

        session.Channels.Add(name);
        if (!_subscribers.TryGetValue(name, out List<ClientSession>? sessions))
        {
            _subscribers.Add(name, sessions = []);
        }

        sessions.Add(session);
        return true;
    }

    /// <summary>Ends a subscription, if there is one.</summary>
    public void Unsubscribe(ClientSession session, byte[] channel)
    {
        if (session.Channels.Remove(channel) && _subscribers.TryGetValue(channel, out List<ClientSession>? sessions))
        {
            sessions.Remove(session);
            if (sessions.Count == 0)
            {
                _subscribers.Remove(channel);
            }
        }
    }

    /// <summary>Ends all subscriptions of a client that is gone.</summary>
    public void Forget(ClientSession session)
    {
        foreach (byte[] channel in session.Channels.ToArray())
        {
            Unsubscribe(session, channel);
        }
    }

    /// <summary>Sends a message to every subscriber.</summary>
    /// <returns>How many there are.</returns>
    public int Publish(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message)
    {
        if (!_subscribers.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(channel, out List<ClientSession>? sessions))
        {
            return 0;
        }

        foreach (ClientSession session in sessions)
        {
            session.Output.WriteArrayHeader(3);
            session.Output.WriteBulk("message"u8);
            session.Output.WriteBulk(channel);
            session.Output.WriteBulk(message);
            session.Push();
        }

        return sessions.Count;
    }
}
