using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Sections;

namespace EvenKeel.Configuration.Tests.Sections;

public sealed class RouteCoverageTests
{
    private static readonly string[] Hosts = ["a.x", "b.a.x", "x", "y"];
    private static readonly string[] Segments = ["a", "b", "ab", "a.png"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_a_covered_route_matches_the_earlier_one_matches_too(int seed)
    {
        var random = new Random(seed);
        var covered = 0;
        var shown = 0;
        for (var round = 0; round < 300; round++)
        {
            var coverage = new RouteCoverage();
            var routes = new List<RouteOptions>();
            for (var i = 0; i < 12; i++)
            {
                var route = Draw(random);
                routes.Add(route);
                if (coverage.Add(route) is not { } earlier)
                {
                    continue;
                }

                covered++;
                for (var ask = 0; ask < 200; ask++)
                {
                    var (host, path, method) = (One(random, Hosts), DrawPath(random), random.Next(2) == 0 ? "GET" : "PUT");
                    if (Matches(route, host, path, method))
                    {
                        shown++;
                        Assert.True(Matches(routes[earlier], host, path, method), $"{routes[earlier]} {route} {host} {path} {method}");
                    }
                }
            }
        }

        Assert.True(covered > 200 && shown > 1000, $"{covered} covered, {shown} requests");
    }

    [Theory]
    [InlineData("/a", "/a/b", true)]
    [InlineData("/a", "/ab", false)]
    [InlineData("/a/{id}", "/a/b", false)]
    [InlineData("/a/{id}", "/a/{x}", true)]
    [InlineData("/a/*", "/a/x*", true)]
    [InlineData("/a/x*", "/a/*", false)]
    [InlineData("/a/**", "/a/{x}/b", true)]
    [InlineData("/{x}/**", "/a", true)]
    [InlineData("/{x}/{y}/**", "/a", false)]
    public void Paths(string earlier, string later, bool covered)
    {
        var coverage = new RouteCoverage();
        coverage.Add(Route(earlier));

        Assert.Equal(covered ? 0 : null, coverage.Add(Route(later)));
    }

    [Fact]
    public void Ten_thousand_routes_are_read_and_one_more_is_refused()
    {
        Assert.Empty(Load(10_000).Diagnostics);
        Assert.Equal(DiagnosticCodes.WrongCount, Assert.Single(Load(10_001).Diagnostics).Code);
    }

    private static ConfigurationResult Load(int routes)
    {
        var text = new StringBuilder("version: 1\nservices: { web: { command: x } }\ngateway:\n  routes:\n");
        for (var i = 0; i < routes; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - {{ host: h{i}.example.com, path: '/{i}', service: web }}\n");
        }

        return ConfigurationLoader.LoadText(text.ToString(), "evenkeel.yaml", new Dictionary<string, string>());
    }

    private static RouteOptions Route(string path)
        => new() { Path = path, PathKind = path.Contains('*') || path.Contains('{') ? PathKind.Pattern : PathKind.Prefix };

    private static RouteOptions Draw(Random random)
    {
        var kind = (PathKind)random.Next(3);
        string[] segments = kind == PathKind.Pattern ? ["*", "a*", "*.png", "a", "b"] : Segments;
        var path = "/" + string.Join('/', Enumerable.Range(0, random.Next(kind == PathKind.Pattern ? 1 : 0, 3)).Select(_ => One(random, segments)));
        return new RouteOptions
        {
            Path = kind == PathKind.Pattern && random.Next(2) == 0 ? path + "/**" : path,
            PathKind = kind,
            Hosts = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (random.Next(2) == 0 ? "*." : "") + One(random, Hosts))],
            Match = new MatchOptions { Methods = random.Next(3) == 0 ? ["GET"] : [] },
        };
    }

    private static string DrawPath(Random random)
        => "/" + string.Join('/', Enumerable.Range(0, random.Next(4)).Select(_ => One(random, Segments))) + (random.Next(5) == 0 ? "/" : "");

    private static string One(Random random, string[] words) => words[random.Next(words.Length)];

    private static bool Matches(RouteOptions route, string host, string path, string method)
    {
        path = path.Replace("//", "/", StringComparison.Ordinal);
        var prefix = route.Path.TrimEnd('/');
        return (route.Hosts.Count == 0 || route.Hosts.Any(h => h == host || (h[0] == '*' && host.EndsWith(h[1..], StringComparison.Ordinal))))
            && (route.Match.Methods.Count == 0 || route.Match.Methods.Contains(method))
            && route.PathKind switch
            {
                PathKind.Exact => path == route.Path,
                PathKind.Prefix => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal),
                _ => Regex.IsMatch(path, "^" + Regex.Escape(route.Path).Replace(@"/\*\*", "(/.*)?").Replace(@"\*", "[^/]+") + "$"),
            };
    }
}
