namespace EvenKeel.Transport.Connections;

/// <summary>What became of bytes that were given to <see cref="Connection.Send"/>.</summary>
public enum SendResult
{
    /// <summary>Taken; more is welcome.</summary>
    Taken = 0,

    /// <summary>Taken, but the queue is above its limit: produce no more until OnSendDrained.</summary>
    Backlogged = 1,

    /// <summary>Dropped: the connection is over, or its sending side is shut.</summary>
    Closed = 2,
}
