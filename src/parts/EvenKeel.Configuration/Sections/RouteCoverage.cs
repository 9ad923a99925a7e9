using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>
/// Finds routes that can never be chosen because one earlier route matches whatever they match. Not decided: that several earlier routes
/// together leave nothing over.
/// </summary>
internal sealed class RouteCoverage
{
    private readonly List<(RouteOptions Route, PathPattern? Pattern, string Literal)> _seen = [];

    // Of the routes without conditions on the rest, the first of each host and path: what most files consist of is decided by one look-up.
    private readonly Dictionary<(string Host, string Path), int> _plain = [];

    // The others by each of their hosts, "" for every host.
    private readonly Dictionary<string, List<int>> _others = new(StringComparer.Ordinal);

    /// <summary>Takes the next route.</summary>
    /// <returns>The position of an earlier one that covers it, or null.</returns>
    public int? Add(RouteOptions route)
    {
        var pattern = route.PathKind == PathKind.Pattern && PathPattern.TryParse(route.Path, out var parsed, out _) ? parsed : null;
        var position = _seen.Count;
        var found = FindPlain(route, pattern) ?? FindOther(route, pattern);
        _seen.Add((route, pattern, LiteralOf(route)));
        if (route.Match.IsEmpty && route.PathKind == PathKind.Prefix && route.Hosts.Count <= 1 && !IsWildcard(route))
        {
            _plain.TryAdd((route.Hosts.Count == 0 ? "" : route.Hosts[0], route.Path.TrimEnd('/')), position);
        }
        else
        {
            foreach (var host in route.Hosts.DefaultIfEmpty("").Distinct())
            {
                if (!_others.TryGetValue(host, out var positions))
                {
                    _others.Add(host, positions = []);
                }

                positions.Add(position);
            }
        }

        return found;
    }

    // Whole segments that every path begins with which the route matches.
    private static string LiteralOf(RouteOptions route)
    {
        var wild = route.PathKind == PathKind.Pattern ? route.Path.AsSpan().IndexOfAny('*', '{') : -1;
        var literal = wild < 0 ? route.Path : route.Path[..route.Path.LastIndexOf('/', wild)];
        return literal.TrimEnd('/');
    }

    private static bool IsWildcard(RouteOptions route) => route.Hosts is [var host] && host.StartsWith('*');

    // Plain earlier routes: each literal beginning of this one's path, for every host and for each of its own.
    private int? FindPlain(RouteOptions route, PathPattern? pattern)
    {
        var literal = pattern is null ? route.Path
            : "/" + string.Join('/', pattern.Segments.TakeWhile(segment => !segment.IsWild).Select(segment => segment.Before));
        for (var prefix = literal.TrimEnd('/'); ; prefix = prefix[..Math.Max(0, prefix.LastIndexOf('/'))])
        {
            if (_plain.TryGetValue(("", prefix), out var any))
            {
                return any;
            }

            if (route.Hosts is [var host] && _plain.TryGetValue((host, prefix), out var same))
            {
                return same;
            }

            if (prefix.Length == 0)
            {
                return null;
            }
        }
    }

    private int? FindOther(RouteOptions route, PathPattern? pattern)
    {
        foreach (var host in HostsAround(route))
        {
            foreach (var i in _others.GetValueOrDefault(host) ?? [])
            {
                var (earlier, earlierPattern, literal) = _seen[i];
                if (route.Path.StartsWith(literal, StringComparison.Ordinal) && CoversPath(earlier, earlierPattern, route, pattern)
                    && CoversHosts(earlier.Hosts, route.Hosts) && CoversMatch(earlier.Match, route.Match))
                {
                    return i;
                }
            }
        }

        return null;
    }

    // What an earlier route must name to cover the first of this one's hosts: that host, a wildcard above it, or none at all.
    private static IEnumerable<string> HostsAround(RouteOptions route)
    {
        yield return "";
        if (route.Hosts.Count == 0)
        {
            yield break;
        }

        yield return route.Hosts[0];
        for (var dot = route.Hosts[0].IndexOf('.', 1); dot >= 0; dot = route.Hosts[0].IndexOf('.', dot + 1))
        {
            yield return "*" + route.Hosts[0][dot..];
        }
    }

    private static bool CoversHosts(IReadOnlyList<string> earlier, IReadOnlyList<string> later) => earlier.Count == 0
        || (later.Count > 0 && later.All(host => earlier.Any(e => e == host || (e.StartsWith('*') && host.EndsWith(e[1..], StringComparison.Ordinal)))));

    private static bool CoversPath(RouteOptions earlier, PathPattern? earlierPattern, RouteOptions later, PathPattern? laterPattern)
    {
        switch (earlier.PathKind)
        {
            case PathKind.Exact:
                return later.PathKind == PathKind.Exact && later.Path == earlier.Path;
            case PathKind.Prefix:
                var prefix = earlier.Path.TrimEnd('/').Split('/')[1..];
                var segments = laterPattern is null
                    ? later.Path.Split('/')[1..]
                    : [.. laterPattern.Segments.TakeWhile(segment => !segment.IsWild).Select(segment => segment.Before)];
                return segments.AsSpan().StartsWith(prefix);
        }

        return earlierPattern is not null && CoversPattern(earlierPattern, later, laterPattern);
    }

    private static bool CoversPattern(PathPattern earlier, RouteOptions later, PathPattern? laterPattern)
    {
        var path = later.PathKind == PathKind.Prefix ? later.Path.TrimEnd('/') : later.Path;
        IReadOnlyList<PathSegment> segments = laterPattern?.Segments
            ?? [.. path.Split('/').Skip(1).Select(text => new PathSegment(text, "", false, null))];
        var isOpen = laterPattern?.HasRest ?? later.PathKind == PathKind.Prefix;
        var fits = earlier.HasRest ? segments.Count >= earlier.Segments.Count : segments.Count == earlier.Segments.Count && !isOpen;
        return fits && earlier.Segments.Zip(segments).All(pair => pair.First.Covers(pair.Second));
    }

    private static bool CoversMatch(MatchOptions earlier, MatchOptions later) =>
        (earlier.Methods.Count == 0 || (later.Methods.Count > 0 && later.Methods.All(earlier.Methods.Contains)))
        && earlier.Headers.All(condition => later.Headers.Any(other => Implies(other, condition, StringComparison.OrdinalIgnoreCase)))
        && earlier.Query.All(condition => later.Query.Any(other => Implies(other, condition, StringComparison.Ordinal)))
        && earlier.Cookies.All(condition => later.Cookies.Any(other => Implies(other, condition, StringComparison.Ordinal)))
        && (earlier.Clients.Count == 0 || (later.Clients.Count > 0 && later.Clients.All(
            network => earlier.Clients.Any(e => e.PrefixLength <= network.PrefixLength && e.Contains(network.BaseAddress)))))
        && earlier.Body.All(later.Body.Contains);

    private static bool Implies(NamedMatch given, NamedMatch wanted, StringComparison names) => string.Equals(given.Name, wanted.Name, names)
        && wanted.Kind switch
        {
            MatchKind.Equal => given.Kind == MatchKind.Equal && given.Value == wanted.Value,
            MatchKind.Prefix => given.Kind is MatchKind.Equal or MatchKind.Prefix && given.Value.StartsWith(wanted.Value, StringComparison.Ordinal),
            MatchKind.Present => given.Kind != MatchKind.Absent,
            _ => given.Kind == MatchKind.Absent,
        };
}
