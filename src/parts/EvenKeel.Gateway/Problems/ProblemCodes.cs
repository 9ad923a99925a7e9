using EvenKeel.Http.Faults;

namespace EvenKeel.Gateway.Problems;

/// <summary>What belongs to each <see cref="ProblemCode"/>. The spans are constants: nothing is computed when a problem is written.</summary>
internal static class ProblemCodes
{
    /// <summary>How many codes there are.</summary>
    public static readonly int Count = Enum.GetValues<ProblemCode>().Length;

    /// <summary>The code of a request that was refused for a fault.</summary>
    public static ProblemCode Of(HttpFault fault) => HttpFaults.StatusOf(fault) switch
    {
        413 => ProblemCode.BodyTooLarge,
        414 or 431 => ProblemCode.HeadTooLarge,
        501 => ProblemCode.NotSupported,
        505 => ProblemCode.VersionNotSupported,
        _ => ProblemCode.RequestInvalid,
    };

    /// <summary>The status, when no fault says it more precisely.</summary>
    public static int StatusOf(ProblemCode code) => code switch
    {
        ProblemCode.RequestInvalid => 400,
        ProblemCode.NoRoute => 404,
        ProblemCode.RequestTimeout => 408,
        ProblemCode.BodyTooLarge => 413,
        ProblemCode.HeadTooLarge => 431,
        ProblemCode.NotSupported => 501,
        ProblemCode.RateLimited => 429,
        ProblemCode.NoHealthyInstance or ProblemCode.InstanceGone or ProblemCode.CircuitOpen or ProblemCode.Overloaded or ProblemCode.QueueTimeout => 503,
        ProblemCode.ConnectTimeout or ProblemCode.ResponseTimeout or ProblemCode.DeadlineExceeded => 504,
        ProblemCode.VersionNotSupported => 505,
        _ => 502,
    };

    /// <summary>The reason phrase of a status.</summary>
    public static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        400 => "Bad Request"u8,
        404 => "Not Found"u8,
        408 => "Request Timeout"u8,
        413 => "Content Too Large"u8,
        414 => "URI Too Long"u8,
        429 => "Too Many Requests"u8,
        431 => "Request Header Fields Too Large"u8,
        501 => "Not Implemented"u8,
        502 => "Bad Gateway"u8,
        503 => "Service Unavailable"u8,
        504 => "Gateway Timeout"u8,
        _ => "HTTP Version Not Supported"u8,
    };

    /// <summary>The stable name.</summary>
    public static ReadOnlySpan<byte> NameOf(ProblemCode code) => code switch
    {
        ProblemCode.RequestInvalid => "request_invalid"u8,
        ProblemCode.RequestTimeout => "request_timeout"u8,
        ProblemCode.BodyTooLarge => "body_too_large"u8,
        ProblemCode.HeadTooLarge => "head_too_large"u8,
        ProblemCode.NotSupported => "not_supported"u8,
        ProblemCode.VersionNotSupported => "version_not_supported"u8,
        ProblemCode.RateLimited => "rate_limited"u8,
        ProblemCode.NoRoute => "no_route"u8,
        ProblemCode.NoHealthyInstance => "no_healthy_instance"u8,
        ProblemCode.InstanceGone => "instance_gone"u8,
        ProblemCode.CircuitOpen => "circuit_open"u8,
        ProblemCode.Overloaded => "overloaded"u8,
        ProblemCode.QueueTimeout => "queue_timeout"u8,
        ProblemCode.ConnectFailed => "connect_failed"u8,
        ProblemCode.ConnectTimeout => "connect_timeout"u8,
        ProblemCode.TlsFailed => "tls_failed"u8,
        ProblemCode.ConnectionLost => "connection_lost"u8,
        ProblemCode.ResponseTimeout => "response_timeout"u8,
        ProblemCode.DeadlineExceeded => "deadline_exceeded"u8,
        _ => "response_invalid"u8,
    };

    /// <summary>Whose doing it is: <c>client</c>, <c>gateway</c> or <c>instance</c>.</summary>
    public static ReadOnlySpan<byte> CulpritOf(ProblemCode code) => code switch
    {
        <= ProblemCode.RateLimited => "client"u8,
        <= ProblemCode.QueueTimeout => "gateway"u8,
        _ => "instance"u8,
    };

    /// <summary>The stage of the exchange in which it happened.</summary>
    public static ReadOnlySpan<byte> StageOf(ProblemCode code) => code switch
    {
        <= ProblemCode.VersionNotSupported => "request"u8,
        ProblemCode.NoRoute => "route"u8,
        ProblemCode.RateLimited or ProblemCode.CircuitOpen => "admit"u8,
        ProblemCode.Overloaded or ProblemCode.QueueTimeout => "queue"u8,
        ProblemCode.NoHealthyInstance or ProblemCode.InstanceGone => "choose"u8,
        ProblemCode.ConnectFailed or ProblemCode.ConnectTimeout => "connect"u8,
        ProblemCode.TlsFailed => "tls"u8,
        _ => "response"u8,
    };

    /// <summary>One sentence that says what happened and what to do.</summary>
    public static ReadOnlySpan<byte> DetailOf(ProblemCode code) => code switch
    {
        ProblemCode.RequestInvalid => "The request is malformed."u8,
        ProblemCode.RequestTimeout => "The request did not arrive in time."u8,
        ProblemCode.BodyTooLarge => "The body is larger than gateway.limits.body."u8,
        ProblemCode.HeadTooLarge => "The head is larger than gateway.limits allow."u8,
        ProblemCode.NotSupported => "What the request asks for is not offered here."u8,
        ProblemCode.VersionNotSupported => "Only HTTP/1.1 and HTTP/1.0 are spoken here."u8,
        ProblemCode.NoRoute => "No route in gateway.routes matches the request."u8,
        ProblemCode.NoHealthyInstance => "No instance of the service is ready; try again."u8,
        ProblemCode.InstanceGone => "The instance that the client is bound to is gone, not well or full, and the route does not replace it."u8,
        ProblemCode.RateLimited => "More requests than the rateLimit of the route allows; wait as long as Retry-After says."u8,
        ProblemCode.CircuitOpen => "Most requests to the service have failed, so that none is sent for a while; wait as long as Retry-After says."u8,
        ProblemCode.Overloaded => "As many requests are in flight and wait as gateway.resilience.concurrency allows; try again."u8,
        ProblemCode.QueueTimeout => "The request's turn did not come within gateway.resilience.concurrency.wait or gateway.timeouts.request."u8,
        ProblemCode.ConnectFailed => "The instance refused the connection or could not be reached; is it still starting, or gone?"u8,
        ProblemCode.ConnectTimeout => "The instance did not accept a connection within gateway.timeouts.connect or gateway.timeouts.request."u8,
        ProblemCode.TlsFailed => "No connection with TLS to the instance came about, as 'reason' says; see gateway.services.NAME.tls."u8,
        ProblemCode.ConnectionLost => "The instance closed the connection before its response began; whether it handled the request is unknown."u8,
        ProblemCode.ResponseTimeout => "The instance did not begin its response within gateway.timeouts.response."u8,
        ProblemCode.DeadlineExceeded => "The instance did not begin its response within gateway.timeouts.request, which counts the whole exchange."u8,
        _ => "The instance sent a response that is malformed or larger than the limits."u8,
    };
}
