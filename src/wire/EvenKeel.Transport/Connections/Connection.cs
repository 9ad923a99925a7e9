using System.Net;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Transport.Connections;

/// <summary>
/// A byte stream that belongs to one loop; every member is called on that loop's thread. Sending never blocks: what the kernel does not
/// take is copied and queued, and the sender is told to stop producing. Descriptors are close-on-exec and TCP_NODELAY is set.
/// </summary>
public abstract class Connection
{
    /// <summary>The loop whose thread runs the callbacks.</summary>
    public abstract EventLoop Loop { get; }

    /// <summary>The handler that gets the callbacks. May be replaced between callbacks, as a pool does with a connection that it lends.</summary>
    public abstract ConnectionHandler Handler { get; set; }

    /// <summary>This side's address; null until the connection is open.</summary>
    public abstract IPEndPoint? Local { get; }

    /// <summary>The other side's address.</summary>
    public abstract IPEndPoint Remote { get; }

    /// <summary>True from the time it is open until it is closed or aborted by either side.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>What the TLS handshake agreed on; null without TLS, and until it is done.</summary>
    public virtual TlsDetails? Tls => null;

    /// <summary>Why TLS ended the connection, in words; null when it did not.</summary>
    public virtual string? TlsFailure => null;

    /// <summary>
    /// Bytes that the kernel accepted for sending since the connection was made. While it does not grow, nothing that was given to
    /// <see cref="Send"/> can have reached the other side. A transport that cannot know counts a byte as accepted.
    /// </summary>
    public abstract long AcceptedBytes { get; }

    /// <summary>Bytes given to <see cref="Send"/> that the kernel has not accepted yet.</summary>
    public abstract int QueuedBytes { get; }

    /// <summary>
    /// Sends a copy of the bytes, in order. After <see cref="SendResult.Backlogged"/> the caller stops its source until OnSendDrained. When the
    /// other side has reset, the answer is <see cref="SendResult.Closed"/>, and what it sent before still comes to OnReceived; OnClosed follows.
    /// </summary>
    public abstract SendResult Send(ReadOnlySpan<byte> bytes);

    /// <summary>No OnReceived follows until <see cref="ResumeReceive"/>; the end of the stream and a reset may be noticed later than they happen.</summary>
    public abstract void PauseReceive();

    /// <summary>Ends a pause. Bytes that a handler left are presented again, never from within this call.</summary>
    public abstract void ResumeReceive();

    /// <summary>
    /// From now on what arrives, and what a handler had left, is sent on to another connection of the same loop instead of being presented, as if
    /// OnReceived gave all of it to its <see cref="Send"/> and receiving paused until it has drained whenever that did not answer
    /// <see cref="SendResult.Taken"/>. A sink that is over takes nothing more. The ends of both are heard as ever; nothing of them is passed on. A
    /// transport may move the bytes without copying them.
    /// </summary>
    /// <param name="sink">The other connection; null to have bytes presented again.</param>
    /// <exception cref="ArgumentException">It is of another loop, or this one.</exception>
    public abstract void PassTo(Connection? sink);

    /// <summary>Bytes that were passed on so far.</summary>
    public abstract long PassedBytes { get; }

    /// <summary>
    /// Promises that what is sent from now on is the last, and that <see cref="ShutdownSend"/> or <see cref="Close"/> follows in the same callback:
    /// then the bytes may leave together with the end, in one segment instead of two or three.
    /// </summary>
    public virtual void EndFollows()
    {
    }

    /// <summary>Sends FIN after what is queued; receiving goes on. Once both sides have sent theirs the connection closes by itself.</summary>
    public abstract void ShutdownSend();

    /// <summary>
    /// Closes after what is queued was accepted by the kernel; receives no more. OnClosed follows, never from within this call. TCP resets
    /// when unread bytes are left, and the other side may then lose what was sent: to be sure of it, call <see cref="ShutdownSend"/> and close
    /// at OnReceiveEnded or after a time. When the other side reads nothing the close lasts until <see cref="Abort"/>.
    /// </summary>
    public abstract void Close();

    /// <summary>Drops what is queued and resets the connection. OnClosed follows, never from within this call.</summary>
    public abstract void Abort();
}
