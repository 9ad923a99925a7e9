using System.Net;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Where instances and clients are, for routes whose balance is <c>nearest</c>.</summary>
internal static class RegionSection
{
    private const int MaxNetworks = 10_000;

    private static readonly Key<double> Latitude = Key.Required("latitude", new NumberSchema(-90, 90), "Degrees north.", "lat");

    private static readonly Key<double> Longitude = Key.Required("longitude", new NumberSchema(-180, 180), "Degrees east.", "lon", "lng");

    private static readonly Key<IReadOnlyList<IPNetwork>> Networks = Key.Absent("networks",
        new OneOrMoreSchema<IPNetwork>(new NetworkSchema(), "networks", MaxNetworks), "no client is known to be there",
        "The networks of the clients that are there. The longest prefix that contains an address counts.", "clients", "cidrs");

    private static readonly Key<IReadOnlyList<IPNetwork>> PlaceNetworks = Key.Required("networks",
        new OneOrMoreSchema<IPNetwork>(new NetworkSchema(), "networks", MaxNetworks), "The networks of the clients that are there.", "clients", "cidrs");

    private static readonly Key<IReadOnlyList<string>> Services = Key.Absent("services",
        new OneOrMoreSchema<string>(new ServiceNameSchema(), "services", 100), "no whole service is there",
        "Services all of whose instances are there, but for those that another region names.", "service");

    private static readonly Key<IReadOnlyList<string>> Instances = Key.Absent("instances",
        new OneOrMoreSchema<string>(new InstanceNameSchema(), "instances", 1000), "no single instance is there",
        "Instances that are there, such as `web-1`. Addresses have names in their order.", "instance", "endpoints");

    private static readonly ObjectSchema<RegionOptions> Region = new(
        "region", "A region: where it is, which clients are there, and which instances.", [Latitude, Longitude, Networks, Services, Instances],
        values => new RegionOptions
        {
            Name = values.Path[(values.Path.LastIndexOf('.') + 1)..],
            Latitude = values.Get(Latitude),
            Longitude = values.Get(Longitude),
            Networks = values.Find(Networks) ?? [],
            Services = values.Find(Services) ?? [],
            Instances = values.Find(Instances) ?? [],
        });

    /// <summary>The regions by name.</summary>
    public static readonly MapSchema<RegionOptions> Regions = new(
        Region, "regions", "a region's name of letters, digits and dashes, at most 40", "^[A-Za-z][A-Za-z0-9-]{0,39}$", 1, 100);

    /// <summary>Clients that are in no region.</summary>
    public static readonly ListSchema<PlaceOptions> Places = new(
        new ObjectSchema<PlaceOptions>(
            "place", "Where clients are that belong to no region.", [PlaceNetworks, Latitude, Longitude],
            values => new PlaceOptions { Networks = values.Get(PlaceNetworks), Latitude = values.Get(Latitude), Longitude = values.Get(Longitude) }),
        "places", 1, 1000);

    /// <summary>An instance is in one region, and a route that wants the nearest needs to know where any is.</summary>
    public static void Check(KeyValues gateway)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (region, node) in (gateway.Map.Find("regions") as ConfigMap)?.Entries ?? [])
        {
            foreach (var name in NamesOf(node as ConfigMap, "instances").Concat(NamesOf(node as ConfigMap, "services")))
            {
                if (!seen.TryAdd(name.Text, region.Text))
                {
                    gateway.Fail(DiagnosticCodes.DuplicateName, name.Span, $"{ConfigScalar.Quote(name.Text)} is in two regions",
                        $"{ConfigScalar.Quote(seen[name.Text])} has it already");
                }
            }
        }

        if (gateway.Map.Find("regions") is not null)
        {
            return;
        }

        foreach (var route in (gateway.Map.Find("routes") as ConfigList)?.Items.OfType<ConfigMap>() ?? [])
        {
            if (route.Find("balance") is ConfigScalar { Text: "nearest" } balance)
            {
                gateway.Fail(DiagnosticCodes.Contradiction, balance.Span, "without regions no instance is the nearest", null,
                    "add to the section 'gateway': regions: { home: { latitude: 52.5, longitude: 13.4, networks: 10.0.0.0/8, services: web } }");
            }
        }
    }

    private static IEnumerable<ConfigScalar> NamesOf(ConfigMap? region, string key) => region?.Find(key) switch
    {
        ConfigScalar one => [one],
        ConfigList list => list.Items.OfType<ConfigScalar>(),
        _ => [],
    };
}
