using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Keys;
using EvenKeel.Transport.Connections;

namespace EvenKeel.State.Server.Sessions;

/// <summary>What the server knows of one client.</summary>
internal sealed class ClientSession(long id, Connection? connection = null)
{
    /// <summary>Bytes of messages that a subscriber may leave unread; above it, its connection is reset.</summary>
    public const int MaxUnreadBytes = 32 * 1024 * 1024;

    /// <summary>The client's number, never used twice.</summary>
    public long Id { get; } = id;

    /// <summary>What the client called itself, or null.</summary>
    public byte[]? Name { get; set; }

    /// <summary>Replies that are not sent yet.</summary>
    public RespWriter Output { get; } = new();

    /// <summary>True when the connection ends after what is in <see cref="Output"/>.</summary>
    public bool Closing { get; set; }

    /// <summary>The channels that it is subscribed to. While there is one, only the commands of subscriptions are taken.</summary>
    public HashSet<byte[]> Channels { get; } = new(KeyComparer.Instance);

    /// <summary>Sends at once what is in <see cref="Output"/>, outside of a turn of this client.</summary>
    public void Push()
    {
        if (connection is null)
        {
            return;
        }

        connection.Send(Output.Written);
        Output.Clear();
        if (connection.QueuedBytes > MaxUnreadBytes)
        {
            connection.Abort();
        }
    }
}
