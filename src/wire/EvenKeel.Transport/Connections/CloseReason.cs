namespace EvenKeel.Transport.Connections;

/// <summary>Why a connection ended.</summary>
public enum CloseReason
{
    /// <summary>This side closed it and everything queued was accepted by the kernel.</summary>
    Closed = 0,

    /// <summary>This side aborted it.</summary>
    Aborted = 1,

    /// <summary>The other side reset it, or the network did.</summary>
    Reset = 2,

    /// <summary>Nobody listens at the address: nothing was ever accepted.</summary>
    ConnectRefused = 3,

    /// <summary>The address could not be reached: nothing was ever accepted.</summary>
    ConnectFailed = 4,

    /// <summary>A callback threw.</summary>
    HandlerFailed = 5,

    /// <summary>The loop group was disposed.</summary>
    LoopEnded = 6,

    /// <summary>The TLS handshake failed or took too long: nothing of what was sent was accepted.</summary>
    HandshakeFailed = 7,

    /// <summary>The other side ended TCP without ending TLS (close_notify): what arrived may have been cut short by somebody in between.</summary>
    Truncated = 8,

    /// <summary>No descriptor was left to connect with, which says nothing of the other side: nothing was ever accepted.</summary>
    NoDescriptor = 9,
}
