using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Regions;
using EvenKeel.Gateway.Routing;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.Routing.Hashing;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Tcp;

/// <summary>A service as a listener's connections reach it.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Chooser">Chooses its endpoints.</param>
/// <param name="Header">The PROXY header that its instances read first, or null.</param>
/// <param name="Tls">What connects to its instances with TLS, or null.</param>
/// <param name="Series">What each loop counts.</param>
internal sealed record TcpTarget(string Service, EndpointChooser Chooser, ProxyVersion? Header, TlsClient? Tls, TcpCounters[] Series)
{
    // Longer than any address of IPv6 with its scope.
    private const int MaxAddressText = 65;

    private readonly bool _hashes;
    private readonly RegionMap? _regions;

    /// <summary>Makes the target of a policy.</summary>
    public TcpTarget(
        string service, EndpointChooser chooser, ProxyVersion? header, TlsClient? tls, TcpCounters[] series, BalancePolicy policy, RegionMap? regions)
        : this(service, chooser, header, tls, series)
    {
        _hashes = policy is BalancePolicy.SourceHash or BalancePolicy.Ring or BalancePolicy.Maglev or BalancePolicy.Rendezvous;
        _regions = policy == BalancePolicy.Nearest ? regions : null;
    }

    /// <summary>What the choice for a client depends on. Its key is the one of its requests over HTTP, so that both meet the same instance.</summary>
    public ChooseContext ContextOf(IPAddress client, ReadOnlySpan<EndpointState?> tried)
    {
        ulong? key = null;
        if (_hashes)
        {
            Span<byte> text = stackalloc byte[MaxAddressText];
            key = client.TryFormat(text, out int length) ? KeyHash.Of(text[..length]) : null;
        }

        return new ChooseContext { Tried = tried, Key = key, Order = _regions?.OrderFor(ClientNetwork.BitsOf(client)) };
    }
}
