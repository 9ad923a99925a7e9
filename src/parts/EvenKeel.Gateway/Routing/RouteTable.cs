using System.Text;

namespace EvenKeel.Gateway.Routing;

/// <summary>
/// The routes in their order, indexed by host and path: finding one costs a few look-ups for each name of the host and segment of the path,
/// however many there are. The route that comes first among all that match wins, as if they were tried one after the other.
/// </summary>
internal sealed class RouteTable
{
    private readonly ByteTable<PathIndex> _hosts;
    private readonly ByteTable<PathIndex> _domains;
    private readonly PathIndex? _everyHost;

    /// <summary>Makes the index.</summary>
    public RouteTable(IReadOnlyList<RouteRule> rules)
    {
        Rules = rules;
        _hosts = Group(rules, host => host.StartsWith('*') ? null : host);
        _domains = Group(rules, host => host.StartsWith('*') ? new string([.. host[1..].Reverse()]) : null);
        IReadOnlyList<RouteRule> everywhere = [.. rules.Where(rule => rule.Options.Hosts.Count == 0)];
        _everyHost = everywhere.Count > 0 ? new PathIndex(everywhere) : null;
    }

    /// <summary>The routes in their order.</summary>
    public IReadOnlyList<RouteRule> Rules { get; }

    /// <summary>The first route that matches, or null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="awaitsBody">True when that depends on the body, which has not arrived: ask again when it has.</param>
    public RouteRule? Find(in RouteRequest request, out bool awaitsBody)
    {
        var hit = default(RouteHit);
        _everyHost?.Find(in request, ref hit);
        if (_hosts.Count > 0)
        {
            FindHost(in request, ref hit);
        }

        if (_domains.Count > 0)
        {
            FindDomains(in request, ref hit);
        }

        awaitsBody = hit.AwaitsBody;
        return hit.Rule;
    }

    private void FindHost(in RouteRequest request, ref RouteHit hit)
    {
        var hash = ByteTable<PathIndex>.Empty;
        foreach (var value in request.Host)
        {
            hash = ByteTable<PathIndex>.Next(hash, value);
        }

        _hosts.Find(request.Host, hash)?.Find(in request, ref hit);
    }

    // Backwards, so that the hash of each ending is at hand: the keys are written backwards too.
    private void FindDomains(in RouteRequest request, ref RouteHit hit)
    {
        Span<byte> room = stackalloc byte[HostName.MaxLength];
        var host = request.Host;
        var hash = ByteTable<PathIndex>.Empty;
        for (var i = 0; i < host.Length - 1; i++)
        {
            var value = host[^(i + 1)];
            room[i] = value;
            hash = ByteTable<PathIndex>.Next(hash, value);
            if (value == '.')
            {
                _domains.Find(room[..(i + 1)], hash)?.Find(in request, ref hit);
            }
        }
    }

    private static ByteTable<PathIndex> Group(IReadOnlyList<RouteRule> rules, Func<string, string?> key)
    {
        var groups = new Dictionary<string, List<RouteRule>>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            foreach (var host in rule.Options.Hosts.Select(key).OfType<string>().Distinct())
            {
                if (!groups.TryGetValue(host, out var group))
                {
                    groups.Add(host, group = []);
                }

                group.Add(rule);
            }
        }

        return new ByteTable<PathIndex>([.. groups.Select(group => KeyValuePair.Create(Encoding.ASCII.GetBytes(group.Key), new PathIndex(group.Value)))]);
    }
}
