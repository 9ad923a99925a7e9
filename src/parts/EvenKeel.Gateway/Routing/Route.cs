using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Gateway.Routing;

/// <summary>A route ready for use: its path as bytes, and what chooses its endpoints.</summary>
internal sealed class Route
{
    private readonly byte[] _prefix;

    /// <summary>Compiles a route.</summary>
    public Route(RouteOptions options, EndpointChooser chooser)
    {
        Options = options;
        Chooser = chooser;
        _prefix = Encoding.ASCII.GetBytes(options.Path.TrimEnd('/'));
        Service = Encoding.ASCII.GetBytes(options.Service);
    }

    /// <summary>What was asked for.</summary>
    public RouteOptions Options { get; }

    /// <summary>Chooses an endpoint for each request.</summary>
    public EndpointChooser Chooser { get; }

    /// <summary>The PROXY header that the service's instances read first, or null. With one, a connection serves one client only.</summary>
    public ProxyVersion? Header { get; init; }

    /// <summary>The service's name.</summary>
    public ReadOnlyMemory<byte> Service { get; }

    /// <summary>True when the path is the prefix itself or goes on with a slash behind it. <c>/</c> matches every path, and <c>*</c> too.</summary>
    public bool Matches(ReadOnlySpan<byte> path)
        => path.StartsWith(_prefix) && (path.Length == _prefix.Length || _prefix.Length == 0 || path[_prefix.Length] == '/');
}
