namespace EvenKeel.Configuration.Model;

/// <summary>What the gateway does for one service, as the file says it.</summary>
internal sealed record GatewayServiceOptions
{
    /// <summary>What protects it.</summary>
    public required ResilienceOptions Resilience { get; init; }

    /// <summary>The PROXY header that its instances read, or null.</summary>
    public ProxyProtocolVersion? ProxyProtocol { get; init; }

    /// <summary>TLS to its instances, or null for plain connections.</summary>
    public ServiceTlsOptions? Tls { get; init; }
}
