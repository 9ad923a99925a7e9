using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What the gateway does for one service: its own protection, and what the instances read.</summary>
internal static class GatewayServiceSection
{
    private static readonly Key<ProxyProtocolVersion> ProxyProtocol = Key.Absent("proxyProtocol",
        new WordSchema<ProxyProtocolVersion>(("v1", ProxyProtocolVersion.V1), ("v2", ProxyProtocolVersion.V2)), "no PROXY header is sent",
        "The version of the PROXY header that instances read: each connection to them, checks included, begins with one and is used for one client.",
        "proxy_protocol", "send-proxy");

    private static readonly Key<ServiceTlsOptions> Tls = Key.Absent("tls", ServiceTlsSection.Schema, "plain connections",
        "TLS to the instances, over HTTP and TCP alike; checks use it too.", "ssl", "https");

    public static readonly ObjectSchema<GatewayServiceOptions> Schema = new(
        "gateway-service", "What the gateway does for one service.", [.. ResilienceSection.Keys, ProxyProtocol, Tls],
        values => new GatewayServiceOptions
        {
            Resilience = ResilienceSection.Create(values), ProxyProtocol = values.FindValue(ProxyProtocol), Tls = values.Find(Tls),
        });

    /// <summary>The sections of single services.</summary>
    public static readonly MapSchema<GatewayServiceOptions> ByService = new(
        Schema, "services", "a service's name", ServiceSection.NamePattern, 0, 100);

    /// <summary>A section for a service that does not exist would protect nothing.</summary>
    public static void CheckServices(KeyValues values, Key key)
    {
        if (values.Map.Find(key.Name) is not ConfigMap map)
        {
            return;
        }

        foreach (var (name, _) in map.Entries)
        {
            if (!ServiceNameSchema.TryFind(name.Text, name.Text, name, values.Context))
            {
                values.MarkFailed();
            }
        }
    }
}
