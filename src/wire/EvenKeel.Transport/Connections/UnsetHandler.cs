namespace EvenKeel.Transport.Connections;

/// <summary>Stands in for the handler of a connection until its acceptor has named one, and hears nothing.</summary>
internal sealed class UnsetHandler : ConnectionHandler
{
    /// <summary>The one instance.</summary>
    public static readonly UnsetHandler Instance = new();

    private UnsetHandler()
    {
    }

    /// <inheritdoc/>
    public override int OnReceived(Connection connection, ReceivedBytes bytes) => bytes.Data.Length;

    /// <inheritdoc/>
    public override void OnReceiveEnded(Connection connection, int unconsumed)
    {
    }

    /// <inheritdoc/>
    public override void OnClosed(Connection connection, CloseReason reason)
    {
    }
}
