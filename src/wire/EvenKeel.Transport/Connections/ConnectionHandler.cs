namespace EvenKeel.Transport.Connections;

/// <summary>
/// What happens on a connection, as synchronous callbacks on its loop's thread. The order is OnOpened, then any number of OnReceived and
/// OnSendDrained, at most one OnReceiveEnded, then exactly one OnClosed and nothing after it. A connection that never opened sees only OnClosed.
/// </summary>
public abstract class ConnectionHandler
{
    /// <summary>The connection is open.</summary>
    public virtual void OnOpened(Connection connection)
    {
    }

    /// <summary>
    /// Bytes have arrived. They are borrowed: the buffer belongs to the loop and is reused as soon as the callback returns.
    /// </summary>
    /// <returns>
    /// How many of them were consumed. The rest is kept and presented again in front of what arrives next, or at once after a pause and
    /// <see cref="Connection.ResumeReceive"/>. When as much is kept as the receive buffer holds and receiving is not paused, the connection is
    /// aborted: the handler has to refuse or to pause before that.
    /// </returns>
    public abstract int OnReceived(Connection connection, ReceivedBytes bytes);

    /// <summary>The other side sent FIN, after the last byte was presented. Sending is still possible.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="unconsumed">How many bytes the handler had left; they are never presented again.</param>
    public abstract void OnReceiveEnded(Connection connection, int unconsumed);

    /// <summary>After <see cref="SendResult.Backlogged"/>: the queue is empty again.</summary>
    public virtual void OnSendDrained(Connection connection)
    {
    }

    /// <summary>The connection is over and its descriptor closed.</summary>
    public abstract void OnClosed(Connection connection, CloseReason reason);
}
