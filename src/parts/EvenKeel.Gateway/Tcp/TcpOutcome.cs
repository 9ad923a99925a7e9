namespace EvenKeel.Gateway.Tcp;

/// <summary>How a relayed connection ended.</summary>
public enum TcpOutcome
{
    /// <summary>Both sides ended it, and every byte was passed on.</summary>
    Completed = 0,

    /// <summary>The client reset it, or left before it was connected.</summary>
    ClientAborted,

    /// <summary>The endpoint reset it after it was connected: what the client got may be cut off.</summary>
    Truncated,

    /// <summary>No byte came in either direction for too long.</summary>
    IdleTimeout,

    /// <summary>The PROXY header or the ClientHello did not arrive in time.</summary>
    HandshakeTimeout,

    /// <summary>The client is none of the proxies that the listener is for.</summary>
    UntrustedSource,

    /// <summary>What should be a PROXY header is none.</summary>
    BadProxyHeader,

    /// <summary>What should be a ClientHello is none, or is too long.</summary>
    BadClientHello,

    /// <summary>No service has the server name that the client asked for.</summary>
    UnknownServerName,

    /// <summary>There was no endpoint to try.</summary>
    NoHealthyInstance,

    /// <summary>No endpoint that was tried took the connection.</summary>
    ConnectFailed,

    /// <summary>The gateway ended while the connection was open.</summary>
    Cut,
}
