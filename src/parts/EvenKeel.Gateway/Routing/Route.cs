using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Regions;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Routing;

/// <summary>A way to one service: what chooses its endpoints, and how to treat them.</summary>
internal sealed class Route
{
    /// <summary>Compiles a way.</summary>
    public Route(RouteOptions options, EndpointChooser chooser)
    {
        Options = options;
        Chooser = chooser;
        Service = Encoding.ASCII.GetBytes(options.Service);
        AccessNames = AccessLogs.AccessNames.OfRoute(options.Path, options.Service);
        Key = options.Balance is BalancePolicy.Ring or BalancePolicy.Maglev or BalancePolicy.Rendezvous or BalancePolicy.SourceHash
            ? new RequestKey(options.Hash)
            : null;
    }

    /// <summary>What was asked for; of a split with the service that this is the way to.</summary>
    public RouteOptions Options { get; }

    /// <summary>How the access log names the route and its service.</summary>
    public byte[] AccessNames { get; }

    /// <summary>Chooses an endpoint for each request.</summary>
    public EndpointChooser Chooser { get; }

    /// <summary>What of a request decides on the endpoint, or null when nothing does.</summary>
    public RequestKey? Key { get; }

    /// <summary>What each loop counts of it.</summary>
    public SeriesMeter[] Meters { get; init; } = [];

    /// <summary>The service, live; null only in a route that is used to match.</summary>
    public ServiceState? State { get; init; }

    /// <summary>How often it may be asked, or null.</summary>
    public RouteLimiter? Limiter { get; init; }

    /// <summary>The PROXY header that the service's instances read first, or null. With one, a connection serves one client only.</summary>
    public ProxyVersion? Header { get; init; }

    /// <summary>Where clients are, or null when the route does not ask.</summary>
    public RegionMap? Regions { get; init; }

    /// <summary>What connects to the service's instances with TLS, or null for plain connections.</summary>
    public TlsClient? Tls { get; init; }

    /// <summary>The service's name.</summary>
    public ReadOnlyMemory<byte> Service { get; }
}
