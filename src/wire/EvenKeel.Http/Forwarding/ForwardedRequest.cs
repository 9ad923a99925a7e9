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
}
