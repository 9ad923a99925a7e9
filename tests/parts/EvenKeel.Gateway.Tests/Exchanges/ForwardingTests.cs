using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class ForwardingTests
{
    [Fact]
    public async Task A_request_arrives_rewritten_and_its_response_says_which_instance_answered()
    {
        await using var origin = Origin.Say("hello");
        await using var gateway = new TestGateway(options => options with { ContinuesTraces = false });
        gateway.Add(origin);
        var reply = await gateway.AskAsync(
            "GET http://shop/a?b=c HTTP/1.1\r\nHost: other\r\nX-Hop: 1\r\nConnection: X-Hop\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n");
        Assert.Equal(200, reply.Status);
        Assert.Equal("hello", reply.Text);
        Assert.Equal("web-1", reply["X-EvenKeel-Instance"]);
        Assert.Null(reply["X-EvenKeel-Error"]);
        Assert.Equal(
            ["GET /a?b=c HTTP/1.1", "Host: shop", "X-Forwarded-For: 9.9.9.9, 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: shop"],
            Assert.Single(origin.Heads));
    }

    [Fact]
    public async Task Both_connections_are_used_again_and_again()
    {
        await using var origin = Origin.Serve((head, _) => Origin.Ok(head[0]));
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        for (var i = 0; i < 50; i++)
        {
            await client.SendAsync($"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal($"GET /{i} HTTP/1.1", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        Assert.Equal(1, origin.Connections);
        Assert.Equal((1, 49), (gateway.Statistics.Connects, gateway.Statistics.Reused));
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_one_by_one_in_their_order()
    {
        await using var origin = Origin.Serve((head, body) => Origin.Ok(head[0] + body));
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(string.Concat(Enumerable.Range(0, 40).Select(i => i % 2 == 0
            ? $"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n"
            : $"POST /{i} HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")));
        for (var i = 0; i < 40; i++)
        {
            var expected = i % 2 == 0 ? $"GET /{i} HTTP/1.1" : $"POST /{i} HTTP/1.1abc";
            Assert.Equal(expected, (await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        Assert.Equal(1, origin.Connections);
    }

    [Fact]
    public async Task Pipelined_requests_that_the_gateway_answers_itself_keep_their_order_too()
    {
        await using var gateway = new TestGateway(o => o with { Routes = [new RouteOptions { Path = "/web", Service = "web" }] });
        var client = await gateway.ConnectAsync();
        await client.SendAsync(
            "GET /a HTTP/1.1\r\nHost: a\r\n\r\nPOST /web HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiHEAD /b HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("no_route", (await Deadline.Within(Reply.ReadAsync(client)))["X-EvenKeel-Error"]);
        Assert.Equal("no_healthy_instance", (await Deadline.Within(Reply.ReadAsync(client)))["X-EvenKeel-Error"]);
        Assert.Equal(404, (await Deadline.Within(Reply.ReadAsync(client, head: true))).Status);
        Assert.Equal(2, gateway.Count(ProblemCode.NoRoute));
    }

    [Theory]
    [InlineData("HEAD", "200 OK", "Content-Length: 1000\r\n", "1000")]
    [InlineData("GET", "204 No Content", "", null)]
    [InlineData("GET", "304 Not Modified", "Content-Length: 1000\r\n", "1000")]
    [InlineData("GET", "200 OK", "Content-Length: 0\r\n", "0")]
    public async Task Responses_without_a_body_leave_the_connection_in_step(string method, string status, string fields, string? length)
    {
        await using var origin = Origin.Serve(
            (head, _) => head[0].Contains("/next", StringComparison.Ordinal) ? Origin.Ok("next") : $"HTTP/1.1 {status}\r\n{fields}\r\n");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync($"{method} / HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n");
        var first = await Deadline.Within(Reply.ReadAsync(client, method == "HEAD"));
        Assert.Equal("HTTP/1.1 " + status, first.Head[0]);
        Assert.Equal(length, first["Content-Length"]);
        Assert.Equal("next", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        Assert.Equal(1, origin.Connections);
    }

    [Fact]
    public async Task A_client_of_HTTP_1_0_gets_no_chunks_and_keeps_its_connection_only_when_it_asks()
    {
        await using var origin = Origin.Serve((head, _) => head[0].Contains("/chunks", StringComparison.Ordinal)
            ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n"
            : Origin.Ok("counted"));
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        var kept = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal(("counted", "keep-alive"), (kept.Text, kept["Connection"]));
        await client.SendAsync("GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        var last = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal(("hello world", "close"), (last.Text, last["Connection"]));
        Assert.Null(last["Transfer-Encoding"]);
        Assert.Contains(origin.Heads, head => head[1] == $"Host: {gateway.Address}");
    }

    [Fact]
    public async Task A_client_that_closes_after_its_request_still_gets_the_response()
    {
        await using var origin = Origin.Say("hello");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        Assert.EndsWith("\r\n\r\nhello", await Deadline.Within(client.ReadToEndAsync()), StringComparison.Ordinal);
        Assert.Equal(0, gateway.Statistics.ClientAborts);
    }

    [Fact]
    public async Task An_instance_that_closes_after_each_response_is_no_failure()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        for (var i = 0; i < 5; i++)
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            var reply = await Deadline.Within(Reply.ReadAsync(client));
            Assert.Equal(("hi", null), (reply.Text, reply["Connection"]));
        }

        Assert.Equal(5, origin.Connections);
        Assert.Equal(0, gateway.Statistics.Stale);
    }

    [Fact]
    public async Task Bytes_behind_a_response_are_never_taken_for_the_next_one()
    {
        await using var origin = Origin.Serve((_, _) => Origin.Ok("one") + Origin.Ok("poison"));
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("one", (await gateway.GetAsync()).Text);
        }
    }

    [Fact]
    public async Task Routes_are_tried_in_their_order_and_match_whole_segments()
    {
        await using var web = Origin.Say("web");
        await using var api = Origin.Say("api");
        await using var gateway = new TestGateway(o => o with
        {
            Routes = [new RouteOptions { Path = "/api", Service = "api" }, new RouteOptions { Path = "/", Service = "web" }],
        });
        gateway.Add(web);
        gateway.Add(api, "api");
        Assert.Equal("api", (await gateway.GetAsync("/api?x=/web")).Text);
        Assert.Equal("api", (await gateway.GetAsync("/api/x")).Text);
        Assert.Equal("web", (await gateway.GetAsync("/apis")).Text);
        Assert.Equal("web", (await gateway.GetAsync("/?/api")).Text);
    }

    [Fact]
    public async Task New_options_apply_to_the_next_request_on_an_open_connection()
    {
        await using var origin = Origin.Say("hello");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(200, (await Deadline.Within(Reply.ReadAsync(client))).Status);
        gateway.Gateway.Apply(gateway.Options with { Routes = [new RouteOptions { Path = "/new", Service = "web" }] });
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /new HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(404, (await Deadline.Within(Reply.ReadAsync(client))).Status);
        Assert.Equal(200, (await Deadline.Within(Reply.ReadAsync(client))).Status);
    }
}
