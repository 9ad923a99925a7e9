namespace EvenKeel.Gateway.Problems;

/// <summary>Why the gateway itself answered. The name in snake case is the value of X-EvenKeel-Error.</summary>
public enum ProblemCode
{
    /// <summary>400: the client's request is malformed or ambiguous.</summary>
    RequestInvalid = 0,

    /// <summary>408: the client's request did not arrive in time.</summary>
    RequestTimeout,

    /// <summary>413: the client's body is larger than the limit.</summary>
    BodyTooLarge,

    /// <summary>414 or 431: the client's request head is larger than the limits.</summary>
    HeadTooLarge,

    /// <summary>501: the client asks for something that is not offered.</summary>
    NotSupported,

    /// <summary>505: the client speaks another version.</summary>
    VersionNotSupported,

    /// <summary>429: the client asks more often than the route's rate limit allows.</summary>
    RateLimited,

    /// <summary>404: no route leads to a service.</summary>
    NoRoute,

    /// <summary>503: the service has no endpoint that may get the request.</summary>
    NoHealthyInstance,

    /// <summary>503: the instance that the client is bound to cannot serve it, and the route says to refuse rather than replace it.</summary>
    InstanceGone,

    /// <summary>503: the service's circuit breaker is open: most of its requests have failed.</summary>
    CircuitOpen,

    /// <summary>503: as many requests are in flight and wait as the limits of the service allow.</summary>
    Overloaded,

    /// <summary>503: the request waited for its turn for too long.</summary>
    QueueTimeout,

    /// <summary>502: the instance does not accept connections.</summary>
    ConnectFailed,

    /// <summary>504: the instance did not accept a connection in time.</summary>
    ConnectTimeout,

    /// <summary>502: TLS with the instance failed: its certificate is not trusted, or it speaks no TLS.</summary>
    TlsFailed,

    /// <summary>502: the instance's connection was lost before its response began.</summary>
    ConnectionLost,

    /// <summary>504: the instance's response did not begin in time.</summary>
    ResponseTimeout,

    /// <summary>504: the exchange did not end in time, and the response had not begun.</summary>
    DeadlineExceeded,

    /// <summary>502: the instance's response is malformed or larger than the limits.</summary>
    ResponseInvalid,
}
