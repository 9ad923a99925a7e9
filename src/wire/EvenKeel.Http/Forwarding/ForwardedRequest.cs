namespace EvenKeel.Http.Forwarding;

/// <summary>What a forwarder adds to a request.</summary>
public readonly ref struct ForwardedRequest
{
    /// <summary>The client's address, appended to X-Forwarded-For.</summary>
    public required ReadOnlySpan<byte> ClientAddress { get; init; }

    /// <summary>The scheme the client used, <c>http</c> or <c>https</c>.</summary>
    public required ReadOnlySpan<byte> Scheme { get; init; }

    /// <summary>The Host of a request of HTTP/1.0 that named none.</summary>
    public required ReadOnlySpan<byte> DefaultHost { get; init; }

    /// <summary>True to ask for the protocol that the request's Upgrade fields name; otherwise they are dropped.</summary>
    public bool KeepUpgrade { get; init; }

    /// <summary>The path and query in place of the request's, starting with a slash, or empty to leave them.</summary>
    public ReadOnlySpan<byte> Target { get; init; }

    /// <summary>A valid host in place of the request's, or empty to leave it. X-Forwarded-Host says the request's all the same.</summary>
    public ReadOnlySpan<byte> Host { get; init; }

    /// <summary>The fields that are left out, or null for none.</summary>
    public FieldNames? Dropped { get; init; }

    /// <summary>True to leave the request's traceparent out: <see cref="ExtraFields"/> has another.</summary>
    public bool DropsTraceParent { get; init; }

    /// <summary>True to leave the request's tracestate out: it belongs to a trace that is not continued.</summary>
    public bool DropsTraceState { get; init; }

    /// <summary>Whole field lines to add, each ended by CR LF, or empty. They frame nothing and belong to no hop.</summary>
    public ReadOnlySpan<byte> ExtraFields { get; init; }
}
