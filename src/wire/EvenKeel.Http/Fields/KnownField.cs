namespace EvenKeel.Http.Fields;

/// <summary>Field names that forwarding treats in some way of their own.</summary>
public enum KnownField : byte
{
    /// <summary>Any other name.</summary>
    Other = 0,

    /// <summary>Connection: options of this hop.</summary>
    Connection,

    /// <summary>Keep-Alive, of this hop.</summary>
    KeepAlive,

    /// <summary>Proxy-Connection, a mistake of old clients, of this hop.</summary>
    ProxyConnection,

    /// <summary>TE: transfer codings that the sender takes in the reply, of this hop.</summary>
    Te,

    /// <summary>Transfer-Encoding, of this hop.</summary>
    TransferEncoding,

    /// <summary>Upgrade, of this hop.</summary>
    Upgrade,

    /// <summary>Trailer: which fields may follow the body.</summary>
    Trailer,

    /// <summary>Content-Length.</summary>
    ContentLength,

    /// <summary>Host.</summary>
    Host,

    /// <summary>Expect.</summary>
    Expect,

    /// <summary>Cookie.</summary>
    Cookie,

    /// <summary>Authorization.</summary>
    Authorization,

    /// <summary>Cache-Control.</summary>
    CacheControl,

    /// <summary>Content-Type.</summary>
    ContentType,

    /// <summary>Content-Encoding.</summary>
    ContentEncoding,

    /// <summary>X-Forwarded-For.</summary>
    XForwardedFor,

    /// <summary>X-Forwarded-Proto.</summary>
    XForwardedProto,

    /// <summary>X-Forwarded-Host.</summary>
    XForwardedHost,

    /// <summary>Forwarded (RFC 7239).</summary>
    Forwarded,

    /// <summary>traceparent (W3C Trace Context): the trace and who asks.</summary>
    TraceParent,

    /// <summary>tracestate (W3C Trace Context): what tracing systems add to it.</summary>
    TraceState,

    /// <summary>X-EvenKeel-Instance: which instance answered; only the gateway says so.</summary>
    Instance,

    /// <summary>X-EvenKeel-Error: why the gateway itself answered; only the gateway says so.</summary>
    Error,
}
