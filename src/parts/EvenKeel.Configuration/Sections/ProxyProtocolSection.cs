using System.Net;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Who sends a PROXY header to a listener.</summary>
internal static class ProxyProtocolSection
{
    private static readonly Key<IReadOnlyList<IPNetwork>> Trusted = Key.Required("trusted",
        new OneOrMoreSchema<IPNetwork>(new NetworkSchema(), "networks", 1000),
        "The proxies in front: each connection has to begin with their header, and connections of anybody else are closed.", "from", "proxies", "allow");

    public static readonly ObjectSchema<IReadOnlyList<IPNetwork>> Schema = new(
        "proxy-protocol", "The proxies that stand in front and say with a PROXY header, of version 1 or 2, who the client is.", [Trusted],
        values => values.Get(Trusted));
}
