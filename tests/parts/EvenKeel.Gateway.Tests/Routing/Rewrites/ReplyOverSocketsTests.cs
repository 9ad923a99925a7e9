using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Routing.Rewrites;

public sealed class ReplyOverSocketsTests
{
    [Fact]
    public async Task Redirects_and_fixed_replies_keep_the_connection_and_their_order()
    {
        await using var system = new RoutedSystem(
            new RouteOptions
            {
                Path = "/old/{id}",
                PathKind = PathKind.Pattern,
                Redirect = new RedirectOptions { To = "https://{host}/new/{id}{query}", Status = 308 },
            },
            new RouteOptions { Path = "/moved", Redirect = new RedirectOptions { To = "/here{rest}" } },
            new RouteOptions
            {
                Path = "/robots.txt",
                PathKind = PathKind.Exact,
                Respond = new RespondOptions { Body = "User-agent: *\nÄ" },
                ResponseHeaders = new HeaderChangeOptions { Set = [new("Cache-Control", "max-age=60")] },
            },
            new RouteOptions { Path = "/gone", Respond = new RespondOptions { Status = 410 } },
            new RouteOptions { Path = "/nothing", Respond = new RespondOptions { Status = 204, Body = "dropped" } },
            new RouteOptions { Service = "web" });
        var client = await system.Gateway.ConnectAsync();
        await client.SendAsync(
            "GET /old/7?a=b HTTP/1.1\r\nHost: Shop:8080\r\n\r\n"
            + "POST /moved//x/ HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
            + "GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n"
            + "HEAD /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n"
            + "GET /gone HTTP/1.1\r\nHost: a\r\n\r\n"
            + "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
            + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(["HTTP/1.1 308 ", "Content-Length: 0", "Location: https://shop/new/7?a=b"], (await Read()).Head);
        Assert.Equal(["HTTP/1.1 307 ", "Content-Length: 0", "Location: /here/x/"], (await Read()).Head);
        var robots = await Read();
        Assert.Equal(["HTTP/1.1 200 ", "Content-Type: text/plain; charset=utf-8", "Content-Length: 16", "Cache-Control: max-age=60"], robots.Head);
        Assert.Equal("User-agent: *\nÄ"u8.ToArray(), robots.Body);
        Assert.Equal(robots.Head, (await Read(head: true)).Head);
        Assert.Equal(["HTTP/1.1 410 ", "Content-Length: 0"], (await Read()).Head);
        Assert.Equal(["HTTP/1.1 204 "], (await Read()).Head);
        Assert.Equal("web", (await Read()).Text);
        await system.Gateway.Until(counts => counts.Completed == 7, "all are counted");

        Task<Reply> Read(bool head = false) => Deadline.Within(Reply.ReadAsync(client, head));
    }

    [Fact]
    public async Task A_reply_before_the_end_of_a_body_ends_the_connection_in_order()
    {
        await using var system = new RoutedSystem(new RouteOptions { Respond = new RespondOptions { Status = 403, Body = "no" } });
        var client = await system.Gateway.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nhello");

        var reply = await Deadline.Within(Reply.ReadAsync(client));

        Assert.Equal((403, "no", "close"), (reply.Status, reply.Text, reply["Connection"]));
        Assert.Equal(-1, await client.ReadByteAsync());
    }

    [Fact]
    public async Task A_client_of_an_older_version_is_told_whether_the_connection_goes_on()
    {
        await using var system = new RoutedSystem(new RouteOptions { Respond = new RespondOptions() });

        Assert.Equal("keep-alive", (await system.Gateway.AskAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))["Connection"]);
        Assert.Equal("close", (await system.Gateway.AskAsync("GET / HTTP/1.0\r\n\r\n"))["Connection"]);
    }

    [Theory]
    [InlineData("//evil.com/", "/evil.com/")]
    [InlineData("/%2e%2e//evil.com", null)]
    [InlineData("/\\evil.com", null)]
    public async Task A_path_that_is_sent_back_names_no_other_host(string target, string? location)
    {
        await using var system = new RoutedSystem(new RouteOptions { Redirect = new RedirectOptions { To = "{path}" } });

        var reply = await system.Gateway.GetAsync(target);

        Assert.Equal((location is null ? 400 : 307, location), (reply.Status, reply["Location"]));
    }

    [Theory]
    [InlineData("/login?next={path}", "/a&admin=1", "/login?next=/a%26admin%3D1")]
    [InlineData("/login?next={rest}", "/%2B%26", "/login?next=/%2B%26")]
    [InlineData("{path}?from=old", "/a&b+c", "/a&b+c?from=old")]
    [InlineData("/x{query}", "/?a=1&b=+", "/x?a=1&b=+")]
    public async Task A_path_in_the_query_of_a_location_stays_one_value_of_it(string to, string target, string location)
    {
        await using var system = new RoutedSystem(new RouteOptions { Redirect = new RedirectOptions { To = to } });
        var reply = await system.Gateway.GetAsync(target);

        Assert.Contains($"Location: {location}", reply.Head);
    }

    [Fact]
    public async Task A_location_that_would_be_too_long_is_refused()
    {
        await using var system = new RoutedSystem(new RouteOptions { Redirect = new RedirectOptions { To = "{path}{path}" } });

        Assert.Equal(307, (await system.Gateway.GetAsync("/" + new string('x', 7_000))).Status);
        Assert.Equal(414, (await system.Gateway.GetAsync("/" + new string('x', 9_000))).Status);
    }
}
