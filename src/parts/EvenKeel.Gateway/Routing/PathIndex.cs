namespace EvenKeel.Gateway.Routing;

/// <summary>
/// The routes of one host by path. Each stands under the whole segments that its path begins with, so that one look-up for each segment of a
/// request's path finds all that can match. Routes that share those segments and differ in other conditions are tried in their order.
/// </summary>
internal sealed class PathIndex
{
    private readonly ByteTable<RouteRule[]> _under;
    private readonly ByteTable<RouteRule[]> _exact;
    private readonly int _depth;

    /// <summary>Makes the index.</summary>
    /// <param name="rules">The routes in their order.</param>
    public PathIndex(IReadOnlyList<RouteRule> rules)
    {
        _exact = Group(rules.Where(rule => rule.Path.IsExact));
        _under = Group(rules.Where(rule => !rule.Path.IsExact));
        _depth = rules.Where(rule => !rule.Path.IsExact).Select(rule => rule.Path.Literal.Count((byte)'/')).DefaultIfEmpty(-1).Max();
    }

    /// <summary>Offers what matches to a search.</summary>
    public void Find(in RouteRequest request, ref RouteHit hit)
    {
        // 1. Nothing in front: routes of all paths.
        var path = request.Path;
        var hash = ByteTable<RouteRule[]>.Empty;
        Take(_under, path[..0], hash, in request, ref hit);

        // 2. Each whole segment more, as deep as any route goes; to the end when there are exact paths.
        var depth = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '/' && i > 0)
            {
                depth++;
                if (depth <= _depth)
                {
                    Take(_under, path[..i], hash, in request, ref hit);
                }
                else if (_exact.Count == 0)
                {
                    return;
                }
            }

            hash = ByteTable<RouteRule[]>.Next(hash, path[i]);
        }

        // 3. The whole path.
        if (depth < _depth)
        {
            Take(_under, path, hash, in request, ref hit);
        }

        Take(_exact, path, hash, in request, ref hit);
    }

    private static void Take(ByteTable<RouteRule[]> table, ReadOnlySpan<byte> key, uint hash, in RouteRequest request, ref RouteHit hit)
    {
        if (table.Count > 0 && table.Find(key, hash) is { } rules)
        {
            hit.Take(rules, in request);
        }
    }

    private static ByteTable<RouteRule[]> Group(IEnumerable<RouteRule> rules) => new(
    [
        .. rules.GroupBy(rule => Convert.ToHexString(rule.Path.Literal))
            .Select(group => KeyValuePair.Create(group.First().Path.Literal.ToArray(), group.OrderBy(rule => rule.Position).ToArray())),
    ]);
}
