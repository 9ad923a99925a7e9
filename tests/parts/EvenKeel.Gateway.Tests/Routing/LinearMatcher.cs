using System.Text.RegularExpressions;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Tests.Routing;

/// <summary>Says what a route matches in the plainest way, with strings and regular expressions: what the index is compared with.</summary>
internal static class LinearMatcher
{
    public static bool Matches(RouteOptions route, string host, string path, string method)
        => (route.Hosts.Count == 0 || route.Hosts.Any(pattern => Host(pattern, host)))
            && Path(route, Regex.Replace(path, "/+", "/"))
            && (route.Match.Methods.Count == 0 || route.Match.Methods.Contains(method));

    private static bool Host(string pattern, string host)
        => pattern.StartsWith('*') ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.Ordinal) : host == pattern;

    private static bool Path(RouteOptions route, string path)
    {
        var own = route.Path.TrimEnd('/');
        return route.PathKind switch
        {
            PathKind.Exact => path == route.Path,
            PathKind.Prefix => path == own || path.StartsWith(own + "/", StringComparison.Ordinal),
            _ => Regex.IsMatch(path, "^" + Regex.Escape(route.Path).Replace(@"/\*\*", "(/.*)?").Replace(@"\*", "[^/]+") + "$"),
        };
    }
}
