using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Routing;
using EvenKeel.Routing.Geography;

namespace EvenKeel.Gateway.Regions;

/// <summary>Where clients and endpoints are. Never changed once made; looking a client up allocates nothing.</summary>
internal sealed class RegionMap
{
    private readonly NetworkTable _clients;
    private readonly int[][] _orders;
    private readonly Dictionary<string, int> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _instances = new(StringComparer.Ordinal);

    private RegionMap(GatewayOptions options)
    {
        Count = options.Regions.Count;
        var regions = options.Regions.Select(region => new GeoPoint(region.Latitude, region.Longitude)).ToArray();
        var places = options.Places.Select(place => new GeoPoint(place.Latitude, place.Longitude));

        // Each region, then each place, as where a client may be: the regions in their order from there.
        _orders = [.. regions.Concat(places).Select(point => NearestPolicy.Order(point, regions))];
        _clients = new NetworkTable(options.Regions.Select(region => region.Networks).Concat(options.Places.Select(place => place.Networks))
            .SelectMany((networks, origin) => networks.Select(network => Entry(network, origin))));
        for (var i = 0; i < Count; i++)
        {
            foreach (var service in options.Regions[i].Services)
            {
                _services[service] = i;
            }

            foreach (var instance in options.Regions[i].Instances)
            {
                _instances[instance] = i;
            }
        }
    }

    /// <summary>How many regions there are.</summary>
    public int Count { get; }

    /// <summary>The map of options, or null when they know no region.</summary>
    public static RegionMap? Create(GatewayOptions options) => options.Regions.Count == 0 ? null : new RegionMap(options);

    /// <summary>The region of an endpoint; <see cref="Count"/> when it is in none.</summary>
    public int RegionOf(EndpointState endpoint)
        => _instances.TryGetValue(endpoint.Name, out var own) || _services.TryGetValue(endpoint.Service, out own) ? own : Count;

    /// <summary>The regions from a client on, nearest first; null when nobody knows where it is.</summary>
    public int[]? OrderFor(UInt128 client) => _clients.TryFind(client, out var origin) ? _orders[origin] : null;

    private static (UInt128 Address, int Length, int Value) Entry(IPNetwork network, int origin) => (
        ClientNetwork.BitsOf(network.BaseAddress),
        network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 96 : 0),
        origin);
}
