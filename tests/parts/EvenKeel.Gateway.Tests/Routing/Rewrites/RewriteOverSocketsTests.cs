using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Routing.Rewrites;

public sealed class RewriteOverSocketsTests
{
    [Fact]
    public async Task Target_host_and_headers_are_changed_on_the_way_there_and_back()
    {
        await using var system = new RoutedSystem(new RouteOptions
        {
            Path = "/users/{id}/{more**}",
            PathKind = PathKind.Pattern,
            Service = "web",
            Rewrite = new RewriteOptions { Path = "/v2/{more}/of-{id}", Host = "{id}.internal:8080" },
            RequestHeaders = new HeaderChangeOptions
            {
                Set = [new("X-User", "{id}"), new("X-Where", "{scheme}://{host}{path}{query} from {client}")],
                Add = [new("X-Tag", "b")],
                Remove = ["X-Secret"],
            },
            ResponseHeaders = new HeaderChangeOptions { Set = [new("Server", "shop")], Add = [new("X-Tag", "d")], Remove = ["x-powered-by"] },
        });
        system.Fields = "server: inner\r\nX-Powered-By: x\r\nX-Tag: c\r\n";

        var reply = await system.Gateway.AskAsync(
            "GET /users/7/a/b?q=1 HTTP/1.1\r\nHost: Shop:81\r\nx-user: evil\r\nX-USER: evil\r\nX-Tag: a\r\nX-Secret: s\r\n\r\n");

        Assert.Equal(
            [
                "GET /v2/a/b/of-7?q=1 HTTP/1.1", "Host: 7.internal:8080", "X-Tag: a", "X-User: 7", "X-Where: http://shop/users/7/a/b?q=1 from 127.0.0.1",
                "X-Tag: b", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: Shop:81",
            ],
            Assert.Single(system.Heads));
        Assert.Equal(
            ["HTTP/1.1 200 OK", "Content-Length: 3", "X-Tag: c", "X-EvenKeel-Instance: web-1", "Server: shop", "X-Tag: d"], reply.Head);
    }

    [Theory]
    [InlineData("/api", "/", "/api/x?q", "/x?q")]
    [InlineData("/api", "/", "/api", "/")]
    [InlineData("/api", "/", "/api/", "/")]
    [InlineData("/api", "/", "/api?q", "/?q")]
    [InlineData("/api", "/v2", "/api/x", "/v2/x")]
    [InlineData("/api", "/v2/", "/api", "/v2")]
    [InlineData("/", "/v2", "/x", "/v2/x")]
    [InlineData("/api", "/", "//api//x%61", "/xa")]
    [InlineData("/api", "/", "/api/a%20b", "/a%20b")]
    public async Task A_prefix_is_replaced_or_taken_away(string path, string prefix, string target, string expected)
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Path = path, Service = "web", Rewrite = new RewriteOptions { Prefix = prefix } });
        await system.Gateway.GetAsync(target);

        Assert.Equal($"GET {expected} HTTP/1.1", Assert.Single(system.Heads)[0]);
    }

    [Fact]
    public async Task A_request_that_is_for_no_path_keeps_its_target()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Service = "web", Rewrite = new RewriteOptions { Prefix = "/v2" } });
        await system.Gateway.AskAsync("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal("OPTIONS * HTTP/1.1", Assert.Single(system.Heads)[0]);
    }

    [Theory]
    [InlineData("/new?fixed=1", "/old/x?q=2", "/new?fixed=1")]
    [InlineData("/new{rest}", "/old/x?q=2", "/new/x?q=2")]
    [InlineData("{path}", "/old/%78", "/old/x")]
    public async Task A_path_is_made_anew(string text, string target, string expected)
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Path = "/old", Service = "web", Rewrite = new RewriteOptions { Path = text } });
        await system.Gateway.GetAsync(target);

        Assert.Equal($"GET {expected} HTTP/1.1", Assert.Single(system.Heads)[0]);
    }

    [Theory]
    [InlineData("/photos?user={id}", "/users/7/photo", "/photos?user=7")]
    [InlineData("/photos?user={id}", "/users/7&admin=1/photo", "/photos?user=7%26admin%3D1")]
    [InlineData("/photos?user={id}", "/users/7%26admin%3D1/photo", "/photos?user=7%26admin%3D1")]
    [InlineData("/photos?user={id}", "/users/a+b;c/photo", "/photos?user=a%2Bb%3Bc")]
    [InlineData("/photos?user={id}&from={path}", "/users/a%20b/photo", "/photos?user=a%20b&from=/users/a%20b/photo")]
    [InlineData("/photos/{id}?of={id}", "/users/7&a+b/photo", "/photos/7&a+b?of=7%26a%2Bb")]
    public async Task A_capture_in_a_query_stays_one_value_of_it(string text, string target, string expected)
    {
        await using var system = new RoutedSystem(new RouteOptions
        {
            Path = "/users/{id}/photo", PathKind = PathKind.Pattern, Service = "web", Rewrite = new RewriteOptions { Path = text },
        });
        await system.Gateway.GetAsync(target);

        Assert.Equal($"GET {expected} HTTP/1.1", Assert.Single(system.Heads)[0]);
    }

    [Fact]
    public async Task A_rewritten_request_is_rewritten_again_when_it_is_retried()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Path = "/api", Service = "web", Rewrite = new RewriteOptions { Prefix = "/" } });
        system.Gateway.Add(TestEndpoints.Refusing());
        system.Gateway.Add(TestEndpoints.Refusing());
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("web", (await system.Gateway.GetAsync("/api/x")).Text);
        }

        Assert.All(system.Heads, head => Assert.Equal("GET /x HTTP/1.1", head[0]));
    }

    [Theory]
    [InlineData("/x%0d%0aX-Evil:%201")]
    [InlineData("/x%0aX-Evil:%201")]
    [InlineData("/x%00")]
    [InlineData("/x%0D%0A%0D%0AGET%20/%20HTTP/1.1")]
    public async Task A_capture_cannot_end_a_line(string target)
    {
        var route = new RouteOptions { Path = "/{all**}", PathKind = PathKind.Pattern };
        await using var system = new RoutedSystem(
            route with { Hosts = ["redirect"], Redirect = new RedirectOptions { To = "/to/{all}{path}{query}" } },
            route with
            {
                Service = "web",
                Rewrite = new RewriteOptions { Path = "/to/{all}", Host = "{all}" },
                RequestHeaders = new HeaderChangeOptions { Set = [new("X-All", "{all}{query}{host}")] },
            });

        Assert.Equal(400, (await system.Gateway.GetAsync(target)).Status);
        Assert.Equal(400, (await system.Gateway.AskAsync($"GET {target} HTTP/1.1\r\nHost: redirect\r\n\r\n")).Status);
        Assert.Empty(system.Heads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_target_is_accepted_what_is_made_of_it_stays_one_line(int seed)
    {
        var route = new RouteOptions { Path = "/{all**}", PathKind = PathKind.Pattern };
        await using var system = new RoutedSystem(
            route with { Hosts = ["redirect"], Redirect = new RedirectOptions { To = "/to/{all}{query}" } },
            route with { Service = "web", RequestHeaders = new HeaderChangeOptions { Set = [new("X-All", "{all}{query}")] } });
        var random = new Random(seed);
        string[] pieces = ["/", "a", "%20", "%0d", "%0A", "%E2%80%A8", ";", ":", "%25", "%3A", "?", "&", "%2d", "..", "%ff", "="];
        var accepted = 0;
        for (var round = 0; round < 200; round++)
        {
            var target = "/" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var reply = await system.Gateway.AskAsync($"GET {target} HTTP/1.1\r\nHost: redirect\r\n\r\n");
            Assert.Equal(reply.Status == 307 ? ["HTTP/1.1 307 ", "Content-Length: 0", $"Location: {reply["Location"]}"] : reply.Head, reply.Head);
            accepted += (await system.Gateway.GetAsync(target)).Status == 200 ? 1 : 0;
        }

        Assert.InRange(accepted, 20, 199);
        string[] names = ["Host", "X-All", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host"];
        Assert.All(system.Heads, head => Assert.Equal(names, head.Skip(1).Select(line => line.Split(':')[0])));
    }

    [Theory]
    [InlineData("/v./w.", 400)]
    [InlineData("/va/w.", 200)]
    public async Task Captures_put_together_make_no_dot_segment(string target, int status)
    {
        await using var system = new RoutedSystem(new RouteOptions
        {
            Path = "/v{a}/w{b}",
            PathKind = PathKind.Pattern,
            Service = "web",
            Rewrite = new RewriteOptions { Path = "/files/{a}{b}/x" },
        });

        Assert.Equal(status, (await system.Gateway.GetAsync(target)).Status);
    }

    [Theory]
    [InlineData("/shop/x", 200)]
    [InlineData("/a@b/x", 400)]
    [InlineData("/a:1:2/x", 400)]
    public async Task A_capture_makes_a_host_only_when_it_may(string target, int status)
    {
        await using var system = new RoutedSystem(new RouteOptions
        {
            Path = "/{tenant}/x",
            PathKind = PathKind.Pattern,
            Service = "web",
            Rewrite = new RewriteOptions { Host = "{tenant}" },
        });

        Assert.Equal(status, (await system.Gateway.GetAsync(target)).Status);
    }
}
