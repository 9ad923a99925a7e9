namespace EvenKeel.Gateway.Exchanges;

/// <summary>How an endpoint failed before the first byte of its response.</summary>
internal enum UpstreamFailure
{
    /// <summary>It refused the connection, or could not be reached.</summary>
    ConnectFailed = 0,

    /// <summary>It did not accept the connection in time.</summary>
    ConnectTimeout,

    /// <summary>TLS with it failed before anything of the request was sent.</summary>
    TlsFailed,

    /// <summary>The connection ended.</summary>
    ConnectionLost,

    /// <summary>The gateway had no descriptor left to connect with: no fault of the endpoint.</summary>
    NoDescriptor,
}
