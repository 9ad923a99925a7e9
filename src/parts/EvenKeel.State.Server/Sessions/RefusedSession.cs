using EvenKeel.Transport.Connections;

namespace EvenKeel.State.Server.Sessions;

/// <summary>A connection beyond the limit of clients: it is told so and closed.</summary>
internal sealed class RefusedSession : ConnectionHandler
{
    public override void OnOpened(Connection connection)
    {
        connection.Send("-ERR max number of clients reached\r\n"u8);
        connection.Close();
    }

    public override int OnReceived(Connection connection, ReceivedBytes bytes) => bytes.Data.Length;

    public override void OnReceiveEnded(Connection connection, int unconsumed)
    {
    }

    public override void OnClosed(Connection connection, CloseReason reason)
    {
    }
}
