using System.Net;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Routing;

public sealed class RoutingOverSocketsTests
{
    [Fact]
    public async Task Host_path_method_header_query_cookie_and_client_choose_the_service()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Hosts = ["shop.example.com"], Service = "host" },
            new RouteOptions { Hosts = ["*.example.com"], Path = "/deep", Service = "domain" },
            new RouteOptions { Path = "/users/{id}/posts", PathKind = PathKind.Pattern, Service = "pattern" },
            new RouteOptions { Path = "/only", PathKind = PathKind.Exact, Service = "exact" },
            new RouteOptions { Match = new MatchOptions { Methods = ["PUT"] }, Service = "method" },
            new RouteOptions { Match = new MatchOptions { Headers = [new NamedMatch("X-Beta", MatchKind.Equal, "yes")] }, Service = "header" },
            new RouteOptions { Match = new MatchOptions { Query = [new NamedMatch("v", MatchKind.Prefix, "2")] }, Service = "query" },
            new RouteOptions { Match = new MatchOptions { Cookies = [new NamedMatch("beta", MatchKind.Present)] }, Service = "cookie" },
            new RouteOptions { Path = "/mine", Match = new MatchOptions { Clients = [IPNetwork.Parse("127.0.0.0/8")] }, Service = "client" },
            new RouteOptions { Path = "/mine", Service = "stranger" },
            new RouteOptions { Service = "rest" });

        Assert.Equal("host", await system.WhoAsync("GET / HTTP/1.1\r\nHost: SHOP.example.com:8080\r\n\r\n"));
        Assert.Equal("domain", await system.WhoAsync("GET /deep/x HTTP/1.1\r\nHost: a.b.example.com\r\n\r\n"));
        Assert.Equal("rest", await system.WhoAsync("GET /deep HTTP/1.1\r\nHost: example.com\r\n\r\n"));
        Assert.Equal("pattern", await system.WhoAsync("GET /users/7/posts?a=b HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("exact", await system.WhoAsync("GET /only HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("rest", await system.WhoAsync("GET /only/ HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("method", await system.WhoAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"));
        Assert.Equal("header", await system.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\nx-beta: yes\r\n\r\n"));
        Assert.Equal("query", await system.WhoAsync("GET /?a&v=2.1 HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("cookie", await system.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\nCookie: x=y; beta=1\r\n\r\n"));
        Assert.Equal("client", await system.WhoAsync("GET /mine HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("host", await system.WhoAsync("GET http://shop.example.com/ HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("rest", await system.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    [Fact]
    public async Task No_way_of_writing_a_path_slips_past_the_route_that_guards_it()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Path = "/admin", Respond = new RespondOptions { Status = 403 } }, new RouteOptions { Service = "web" });
        foreach (var path in new[] { "/admin", "/admin/x", "/%61dmin", "//admin", "/%61%64min//x", "///admin", "/admin?x" })
        {
            Assert.Equal(403, (await system.Gateway.GetAsync(path)).Status);
        }

        foreach (var path in new[] { "/a/%2e%2e/admin", "/a/../admin", "/./admin", "/%2fadmin", "/a%5C..%5Cadmin", "/a/..;/admin", "/admin%00", "/%" })
        {
            var reply = await system.Gateway.GetAsync(path);
            Assert.Equal((400, "request_invalid"), (reply.Status, reply["X-EvenKeel-Error"]));
        }

        Assert.Empty(system.Heads);
        Assert.Equal("web", await system.WhoAsync("GET /a//b%20%61?x=/../ HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("GET /a//b%20%61?x=/../ HTTP/1.1", system.Heads.Single()[0]);
    }

    [Fact]
    public async Task Encoded_slashes_are_kept_when_the_service_wants_them()
    {
        await using var system = new RoutedSystem(
            options => options with { KeepEncodedSlashes = true },
            new RouteOptions { Path = "/projects/{id}/files", PathKind = PathKind.Pattern, Service = "files" },
            new RouteOptions { Service = "rest" });

        Assert.Equal("files", await system.WhoAsync("GET /projects/group%2fname/files HTTP/1.1\r\nHost: a\r\n\r\n"));
        Assert.Equal("GET /projects/group%2fname/files HTTP/1.1", system.Heads.Single()[0]);
        Assert.Equal(400, (await system.Gateway.GetAsync("/projects/..%2f/files")).Status);
    }

    [Fact]
    public async Task A_value_in_the_body_chooses_and_the_body_arrives_whole()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Match = new MatchOptions { Body = [new BodyMatch("/kind", "order")] }, Service = "orders" },
            new RouteOptions { Service = "rest" });
        const string Order = """{"kind":"order"}""";

        Assert.Equal("orders", await system.WhoAsync($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {Order.Length}\r\n\r\n{Order}"));
        Assert.Equal(Order, system.Bodies.Last());
        Assert.Equal("orders", await system.WhoAsync($"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{Order[..5]}\r\nb;x=y\r\n{Order[5..]}\r\n0\r\n\r\n"));
        Assert.Equal($"5\r\n{Order[..5]}\r\nb\r\n{Order[5..]}\r\n0\r\n\r\n", system.Bodies.Last());
        Assert.Equal("rest", await system.WhoAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16\r\n\r\n{\"kind\":\"other\"}"));
        Assert.Equal("rest", await system.WhoAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    }

    [Fact]
    public async Task A_body_that_decides_may_come_in_pieces_and_on_a_connection_that_goes_on()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Match = new MatchOptions { Body = [new BodyMatch("/kind", "order")] }, Service = "orders" },
            new RouteOptions { Service = "rest" });
        var client = await system.Gateway.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 16\r\n\r\n");
            Assert.Equal(100, (await Deadline.Within(Reply.ReadAsync(client))).Status);
            await client.SendAsync("{\"kind\":");
            await Deadline.Until(() => system.Gateway.Statistics.Active == 1, "the request is held");
            await client.SendAsync("\"order\"}GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal("orders", (await Deadline.Within(Reply.ReadAsync(client))).Text);
            Assert.Equal("rest", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16\r\n\r\n{\"kind\":");
        await Deadline.Until(() => system.Gateway.Statistics.Active == 1, "the request is held");
        client.Reset();
        await Deadline.Until(() => system.Gateway.Statistics is { Active: 0, ClientAborts: 1 }, "the held request is given up");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_larger_than_the_limit_is_not_looked_into_and_not_lost(bool chunked)
    {
        await using var system = new RoutedSystem(
            options => options with { Limits = options.Limits with { Inspect = 1000 } },
            new RouteOptions { Match = new MatchOptions { Body = [new BodyMatch("/kind", "order")] }, Service = "orders" },
            new RouteOptions { Service = "rest" });
        foreach (var (padding, service) in new[] { (900, "orders"), (2_000, "rest"), (300_000, "rest") })
        {
            var body = "{\"kind\":\"order\",\"pad\":\"" + new string('x', padding) + "\"}";
            var request = chunked
                ? $"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n{body}\r\n0\r\n\r\n"
                : $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}";

            Assert.Equal(service, await system.WhoAsync(request));
            Assert.Contains(new string('x', padding), Regex.Replace(system.Bodies.Last(), "\r\n[0-9a-f]+\r\n", ""), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Requests_that_no_condition_on_a_body_is_about_stream_as_ever()
    {
        var arrived = new TaskCompletionSource<string>();
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            arrived.SetResult(System.Text.Encoding.ASCII.GetString(await channel.ReadExactAsync(5)));
            await channel.ReadExactAsync(5);
            await channel.SendAsync(Origin.Ok("whole"));
        });
        await using var gateway = new TestGateway(
            options => options with
            {
                Routes =
                [
                    new RouteOptions { Path = "/held", Match = new MatchOptions { Body = [new BodyMatch("/kind", "order")] }, Service = "web" },
                    new RouteOptions { Service = "web" },
                ],
            });
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /streamed HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nfirst");

        Assert.Equal("first", await Deadline.Within(arrived.Task));
        await client.SendAsync("later");
        Assert.Equal("whole", (await Deadline.Within(Reply.ReadAsync(client))).Text);
    }

    [Fact]
    public async Task A_client_that_stalls_in_a_body_that_decides_is_told_so()
    {
        await using var system = new RoutedSystem(
            options => options with { Timeouts = options.Timeouts with { Idle = TimeSpan.FromMilliseconds(100) } },
            new RouteOptions { Match = new MatchOptions { Body = [new BodyMatch("/kind", "order")] }, Service = "orders" });

        var reply = await system.Gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16\r\n\r\n{\"kind\"");

        Assert.Equal((408, "request_timeout"), (reply.Status, reply["X-EvenKeel-Error"]));
    }

    [Fact]
    public async Task A_body_that_is_malformed_while_it_is_held_is_refused()
    {
        await using var system = new RoutedSystem(
            new RouteOptions { Match = new MatchOptions { Body = [new BodyMatch("/kind", "order")] }, Service = "orders" });

        Assert.Equal(400, (await system.Gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")).Status);
        Assert.Equal(1, system.Gateway.Count(ProblemCode.RequestInvalid));
    }

    [Fact]
    public async Task New_options_route_the_next_request()
    {
        await using var system = new RoutedSystem(new RouteOptions { Path = "/a", Service = "a" }, new RouteOptions { Path = "/b", Service = "b" });
        var client = await system.Gateway.ConnectAsync();
        foreach (var (first, second) in new[] { ("a", "b"), ("b", "a") })
        {
            system.Gateway.Gateway.Apply(system.Gateway.Options with
            {
                Routes = [new RouteOptions { Path = "/a", Service = first }, new RouteOptions { Path = "/b", Service = second }],
            });
            await client.SendAsync("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(first, (await Deadline.Within(Reply.ReadAsync(client))).Text);
            await client.SendAsync("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(second, (await Deadline.Within(Reply.ReadAsync(client))).Text);
        }
    }
}
