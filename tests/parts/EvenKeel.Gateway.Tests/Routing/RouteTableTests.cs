using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly string[] Words = ["a", "b", "ab", "api", "users", "x.png", "v1"];
    private static readonly string[] Hosts = ["example.com", "a.example.com", "b.a.example.com", "example.org", "com"];

    [Theory]
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "EXAMPLE.com:8080", true)]
    [InlineData("example.com", "example.com.", true)]
    [InlineData("example.com", "a.example.com", false)]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "A.b.Example.com:80", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "notexample.com", false)]
    [InlineData("[::1]", "[::1]:8080", true)]
    [InlineData("127.0.0.1", "127.0.0.1:1", true)]
    public void Hosts_match_without_case_and_port(string route, string host, bool matches)
    {
        var table = RouteTables.Make([new RouteOptions { Hosts = [route], Service = "web" }]);

        Assert.Equal(matches ? 0 : -1, RouteTables.Find(table, $"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    }

    [Fact]
    public void A_request_without_a_host_matches_only_routes_of_every_host()
    {
        var table = RouteTables.Make([new RouteOptions { Hosts = ["*.com", "a"], Service = "web" }, new RouteOptions { Service = "web" }]);

        Assert.Equal(1, RouteTables.Find(table, "GET / HTTP/1.0\r\n\r\n"));
    }

    [Fact]
    public void The_first_route_wins_wherever_the_index_keeps_it()
    {
        RouteOptions[] routes =
        [
            new() { Path = "/a/b", PathKind = PathKind.Exact, Hosts = ["*.example.com"], Service = "web" },
            new() { Path = "/{x}/b", PathKind = PathKind.Pattern, Service = "web" },
            new() { Path = "/a", Hosts = ["a.example.com"], Service = "web" },
            new() { Path = "/", Service = "web" },
        ];
        var request = "GET /a/b HTTP/1.1\r\nHost: a.example.com\r\n\r\n";
        for (var first = 0; first < routes.Length; first++)
        {
            RouteOptions[] turned = [.. routes[first..], .. routes[..first]];
            Assert.Equal(0, RouteTables.Find(RouteTables.Make(turned), request));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_index_finds_what_trying_one_route_after_the_other_finds(int seed)
    {
        var random = new Random(seed);
        var (found, notFirst) = (0, 0);
        for (var round = 0; round < 150; round++)
        {
            RouteOptions[] routes = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => DrawRoute(random))];
            var table = RouteTables.Make(routes);
            for (var ask = 0; ask < 60; ask++)
            {
                var (host, path, method) = (Draw(random, Hosts), DrawPath(random), random.Next(2) == 0 ? "GET" : "POST");
                var expected = Array.FindIndex(routes, route => LinearMatcher.Matches(route, host, path, method));

                Assert.Equal(expected, RouteTables.Find(table, $"{method} {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
                found += expected >= 0 ? 1 : 0;
                notFirst += expected > 0 ? 1 : 0;
            }
        }

        Assert.InRange(found, 2_000, 8_999);
        Assert.True(notFirst > 1_000);
    }

    [Fact]
    public void The_linear_matcher_of_this_test_tells_planted_differences()
    {
        Assert.True(LinearMatcher.Matches(new RouteOptions { Path = "/a" }, "h", "/a/b", "GET"));
        Assert.False(LinearMatcher.Matches(new RouteOptions { Path = "/a" }, "h", "/ab", "GET"));
        Assert.True(LinearMatcher.Matches(new RouteOptions { Path = "/*b/**", PathKind = PathKind.Pattern }, "h", "/ab", "GET"));
        Assert.False(LinearMatcher.Matches(new RouteOptions { Path = "/*b", PathKind = PathKind.Pattern }, "h", "/b", "GET"));
        Assert.False(LinearMatcher.Matches(new RouteOptions { Hosts = ["*.a"] }, "a", "/", "GET"));
    }

    [Fact]
    public void Ten_thousand_routes_are_searched_in_about_the_time_of_ten()
    {
        foreach (var route in new Func<int, RouteOptions>[]
        {
            i => new RouteOptions { Hosts = [$"host-{i}.example.com"], Service = "web" },
            i => new RouteOptions { Hosts = [$"*.host-{i}.example.com"], Service = "web" },
            i => new RouteOptions { Path = $"/part-{i}/x", Service = "web" },
        })
        {
            var few = RouteTables.Make(Enumerable.Range(9_990, 10).Select(route));
            var many = RouteTables.Make(Enumerable.Range(0, 10_000).Select(route));
            var (head, bytes) = Parse("GET /part-9995/x/y HTTP/1.1\r\nHost: host-9995.example.com\r\n\r\n");
            if (RouteTables.Find(many, head, bytes) < 0)
            {
                (head, bytes) = Parse("GET / HTTP/1.1\r\nHost: a.host-9995.example.com\r\n\r\n");
            }

            Assert.Equal(5, RouteTables.Find(few, head, bytes));
            Assert.Equal(9995, RouteTables.Find(many, head, bytes));

            // One after the other would take some five hundred times as long; the shortest of many tries does not feel a busy machine.
            Assert.InRange(Shortest(many, head, bytes).TotalNanoseconds, 0, 10 * Shortest(few, head, bytes).TotalNanoseconds);
        }
    }

    [Fact]
    public void Finding_a_route_among_ten_thousand_allocates_nothing()
    {
        var table = RouteTables.Make(Enumerable.Range(0, 10_000).Select(i => new RouteOptions
        {
            Hosts = [i % 2 == 0 ? $"*.host-{i}.example.com" : $"host-{i}.example.com"],
            Path = "/a",
            Match = new MatchOptions { Headers = [new NamedMatch("X-A", MatchKind.Prefix, "b")], Query = [new NamedMatch("q", MatchKind.Equal, "1 2")] },
            Service = "web",
        }));
        var (head, bytes) = Parse("GET //a/%62?q=1+2 HTTP/1.1\r\nHost: x.host-9998.example.com:80\r\nX-A: bc\r\n\r\n");
        var found = 0;
        for (var i = 0; i < 1000; i++)
        {
            found += RouteTables.Find(table, head, bytes);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            found += RouteTables.Find(table, head, bytes);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000);
        Assert.Equal(2000 * 9998, found);
    }

    private static TimeSpan Shortest(EvenKeel.Gateway.Routing.RouteTable table, RequestHead head, byte[] bytes)
    {
        var shortest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var start = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < 100; i++)
            {
                RouteTables.Find(table, head, bytes);
            }

            var elapsed = TimeProvider.System.GetElapsedTime(start);
            shortest = elapsed < shortest ? elapsed : shortest;
        }

        return shortest;
    }

    private static (RequestHead Head, byte[] Bytes) Parse(string request)
    {
        var bytes = Encoding.Latin1.GetBytes(request);
        var head = new RequestHead();
        Assert.Equal(HeadStatus.Complete, head.Parse(bytes, HeadLimits.Default));
        return (head, bytes);
    }

    private static RouteOptions DrawRoute(Random random)
    {
        var kind = (PathKind)random.Next(3);
        var path = kind == PathKind.Pattern
            ? "/" + string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Draw(random, ["*", "a", "*.png", "v*", "users", "b*"]))) + Draw(random, ["", "/**"])
            : "/" + string.Join('/', Enumerable.Range(0, random.Next(0, 4)).Select(_ => Draw(random, Words)));
        return new RouteOptions
        {
            Path = path,
            PathKind = kind,
            Hosts = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (random.Next(3) == 0 ? "*." : "") + Draw(random, Hosts))],
            Match = new MatchOptions { Methods = random.Next(3) == 0 ? ["GET"] : [] },
            Service = "web",
        };
    }

    private static string DrawPath(Random random)
        => "/" + string.Join('/', Enumerable.Range(0, random.Next(0, 5)).Select(_ => Draw(random, Words))) + (random.Next(6) == 0 ? "/" : "");

    private static string Draw(Random random, string[] words) => words[random.Next(words.Length)];
}
