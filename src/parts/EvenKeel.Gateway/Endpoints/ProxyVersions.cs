using EvenKeel.Configuration.Model;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>The word of the options for the protocol's.</summary>
internal static class ProxyVersions
{
    /// <summary>The PROXY header that the instances of a service read, or null.</summary>
    public static ProxyVersion? Of(GatewayOptions options, string service)
        => options.ProxyProtocols.TryGetValue(service, out ProxyProtocolVersion version) ? Of(version) : null;

    /// <summary>The protocol's word for a version, or null for none.</summary>
    public static ProxyVersion? Of(ProxyProtocolVersion? version) => version switch
    {
        ProxyProtocolVersion.V1 => ProxyVersion.V1,
        ProxyProtocolVersion.V2 => ProxyVersion.V2,
        _ => null,
    };
}
