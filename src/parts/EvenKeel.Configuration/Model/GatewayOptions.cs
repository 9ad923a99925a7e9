using System.Collections.ObjectModel;
using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>The load balancer in front of the services.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where clients connect. Default 127.0.0.1:8080.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8080);

    /// <summary>True when the file or a flag named the address: then a busy port is an error instead of a reason to take the next one.</summary>
    public bool ListenIsExplicit { get; init; }

    /// <summary>HTTPS, or null for plain HTTP alone.</summary>
    public GatewayTlsOptions? Tls { get; init; }

    /// <summary>The routes in order; the first that matches wins. Never empty once validated.</summary>
    public IReadOnlyList<RouteOptions> Routes { get; init; } = [];

    /// <summary>
    /// True to let paths with an encoded slash or backslash through, as characters of a segment; false to refuse them. Default false.
    /// </summary>
    public bool KeepEncodedSlashes { get; init; }

    /// <summary>Where the access log goes. Default: nowhere.</summary>
    public AccessLogOptions AccessLog { get; init; } = AccessLogOptions.Off;

    /// <summary>True to pass the trace of a request on, or begin one (W3C Trace Context); false to leave its fields alone. Default true.</summary>
    public bool ContinuesTraces { get; init; } = true;

    /// <summary>Event loops; 0 for one per core. Default 0.</summary>
    public int Loops { get; init; }

    /// <summary>What carries the connections. Default: the cheapest that runs here.</summary>
    public TransportKind Transport { get; init; }

    /// <summary>What a request may be at most.</summary>
    public GatewayLimitOptions Limits { get; init; } = new();

    /// <summary>How long each stage may take.</summary>
    public GatewayTimeoutOptions Timeouts { get; init; } = new();

    /// <summary>When an endpoint that fails real requests is taken out.</summary>
    public EjectionOptions Ejection { get; init; } = new();

    /// <summary>The weights of instances of all services by name, 1 to 1000; 1 for those that are not there.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>What protects each service that has nothing of its own in <see cref="Services"/>.</summary>
    public ResilienceOptions Resilience { get; init; } = new();

    /// <summary>What protects single services; a part that is given replaces the whole part of <see cref="Resilience"/>.</summary>
    public IReadOnlyDictionary<string, ResilienceOptions> Services { get; init; } = ReadOnlyDictionary<string, ResilienceOptions>.Empty;

    /// <summary>What protects a service.</summary>
    public ResilienceOptions ResilienceOf(string service) => Services.TryGetValue(service, out var own) ? own.Over(Resilience) : Resilience;

    /// <summary>Bytes of a request's body that are kept so that it can be sent again, 0 to 128 KiB. Default 64 KiB.</summary>
    public int RetryBuffer { get; init; } = 64 * 1024;

    /// <summary>The regions, for routes that want the nearest instance.</summary>
    public IReadOnlyList<RegionOptions> Regions { get; init; } = [];

    /// <summary>Where clients are that belong to no region.</summary>
    public IReadOnlyList<PlaceOptions> Places { get; init; } = [];

    /// <summary>What affinity tokens are signed with, 32 characters or more; null to draw a key at each start.</summary>
    public string? AffinitySecret { get; init; }

    /// <summary>Addresses whose connections are passed on as they are.</summary>
    public IReadOnlyList<TcpListenerOptions> Tcp { get; init; } = [];

    /// <summary>The proxies that send a PROXY header on every HTTP connection; anybody else is refused. Null when no header is expected.</summary>
    public IReadOnlyList<IPNetwork>? TrustedProxies { get; init; }

    /// <summary>The services whose instances read a PROXY header, and its version.</summary>
    public IReadOnlyDictionary<string, ProxyProtocolVersion> ProxyProtocols { get; init; } = ReadOnlyDictionary<string, ProxyProtocolVersion>.Empty;

    /// <summary>The services whose instances are connected to with TLS, and how.</summary>
    public IReadOnlyDictionary<string, ServiceTlsOptions> ServiceTls { get; init; } = ReadOnlyDictionary<string, ServiceTlsOptions>.Empty;
}
