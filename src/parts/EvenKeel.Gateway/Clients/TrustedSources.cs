using System.Net;

namespace EvenKeel.Gateway.Clients;

/// <summary>Who may say, with a PROXY header, for which client a connection is made.</summary>
internal sealed class TrustedSources(IReadOnlyList<IPNetwork> networks)
{
    private readonly IPNetwork[] _networks = [.. networks];

    /// <summary>True for an address of one of the networks. An IPv4 address in the form of IPv6 counts as IPv4.</summary>
    public bool Contain(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (IPNetwork network in _networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
