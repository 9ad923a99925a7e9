using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class RetryTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("PATCH / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")]
    public async Task Any_request_that_a_refused_connection_never_saw_goes_to_another_instance(string request)
    {
        await using var origin = Origin.Serve((_, body) => Origin.Ok("got " + body.Length));
        await using var gateway = new TestGateway();
        var refusing = TestEndpoints.Refusing();
        gateway.Add(refusing);
        gateway.Add(origin);
        for (var i = 0; i < 4; i++)
        {
            var reply = await gateway.AskAsync(request);
            Assert.Equal((200, "web-2"), (reply.Status, reply["X-EvenKeel-Instance"]));
        }

        Assert.True(gateway.Statistics.Retries >= 1);
        Assert.Equal(4, origin.Heads.Count);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("HEAD", "")]
    [InlineData("OPTIONS", "")]
    [InlineData("PUT", "hello")]
    [InlineData("DELETE", "hello")]
    public async Task An_idempotent_request_that_was_lost_goes_to_another_instance_whole(string method, string body)
    {
        await using var losing = Losing();
        await using var origin = Origin.Serve((head, _) => head[0].StartsWith("HEAD", StringComparison.Ordinal) ? Origin.Ok("")  : Origin.Ok("ok"));
        await using var gateway = new TestGateway();
        gateway.Add(losing);
        gateway.Add(origin);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}")).Status);
        }

        Assert.Equal(4, origin.Heads.Count);
        Assert.All(origin.Bodies, seen => Assert.Equal(body, seen));
        Assert.True(losing.Connections >= 1);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("LINK")]
    public async Task A_request_that_may_have_had_an_effect_is_never_sent_again(string method)
    {
        await using var losing = Losing();
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway();
        gateway.Add(losing);
        gateway.Add(origin);
        var replies = new List<Reply>();
        for (var i = 0; i < 2; i++)
        {
            replies.Add(await gateway.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"));
        }

        var failed = Assert.Single(replies, reply => reply.Status == 502);
        Assert.Equal(("connection_lost", "web-1"), (failed["X-EvenKeel-Error"], failed["X-EvenKeel-Instance"]));
        Assert.Single(origin.Heads);
        Assert.Equal(1, losing.Connections);
        Assert.Equal(0, gateway.Statistics.Retries);
    }

    [Fact]
    public async Task No_more_instances_are_tried_than_the_route_allows_and_none_twice()
    {
        var losers = Enumerable.Range(0, 4).Select(_ => Losing()).ToList();
        await using var gateway = new TestGateway(o => o with { Routes = [new RouteOptions { Service = "web", Retries = 2 }] });
        losers.ForEach(one => gateway.Add(one));
        var reply = await gateway.GetAsync();
        Assert.Equal((502, "connection_lost"), (reply.Status, reply["X-EvenKeel-Error"]));
        Assert.Contains("\"attempts\":3", reply.Text, StringComparison.Ordinal);
        Assert.Equal(3, losers.Sum(one => one.Connections));
        Assert.All(losers, one => Assert.InRange(one.Connections, 0, 1));
        foreach (var one in losers)
        {
            await one.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_lost_request_with_more_body_than_is_kept_is_not_sent_again()
    {
        await using var losing = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.ReadExactAsync(200_000);
            channel.Reset();
        });
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway();
        gateway.Add(losing);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n");
        await Deadline.Until(() => losing.Connections == 1, "the request has begun at the only instance");
        gateway.Add(origin);
        await client.SendAsync(new string('x', 200_000));
        Assert.Equal(502, (await Deadline.Within(Reply.ReadAsync(client))).Status);
        Assert.Empty(origin.Heads);
    }

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(1000, 1001, false)]
    [InlineData(0, 1, false)]
    public async Task As_much_of_a_body_is_kept_as_the_file_says(int buffer, int length, bool isSentAgain)
    {
        await using var losing = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.ReadExactAsync(length);
            channel.Reset();
        });
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway(options => options with { RetryBuffer = buffer });
        gateway.Add(losing);
        var client = await gateway.ConnectAsync();
        await client.SendAsync($"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: {length}\r\n\r\n");
        await Deadline.Until(() => losing.Connections == 1, "the request has begun at the only instance");
        gateway.Add(origin);
        await client.SendAsync(new string('x', length));

        Assert.Equal(isSentAgain ? 200 : 502, (await Deadline.Within(Reply.ReadAsync(client))).Status);
        Assert.Equal(isSentAgain ? 1 : 0, origin.Heads.Count);
    }

    [Fact]
    public async Task A_pooled_connection_that_died_costs_a_GET_nothing_and_a_POST_that_was_accepted_its_answer()
    {
        // Each connection answers one request and resets when the second one arrives: it looks alive until it is used.
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync(Origin.Ok("ok"));
            await channel.ReadHeadAsync();
            channel.Reset();
        });
        await using var gateway = new TestGateway(o => o with { Routes = [new RouteOptions { Service = "web", Retries = 0 }] });
        gateway.Add(origin);
        Assert.Equal(200, (await gateway.GetAsync()).Status);
        Assert.Equal(200, (await gateway.GetAsync()).Status);
        Assert.Equal((1, 2), (gateway.Statistics.Stale, origin.Connections));
        var post = await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
        Assert.Equal((502, "connection_lost"), (post.Status, post["X-EvenKeel-Error"]));
        Assert.Equal((1, 2), (gateway.Statistics.Stale, origin.Connections));
    }

    [Fact]
    public async Task A_pooled_connection_that_ends_while_idle_is_never_used()
    {
        var ended = 0;
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync(Origin.Ok("ok"));
            channel.EndSending();
            await channel.ReadToEndAsync();
            Interlocked.Increment(ref ended);
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        for (var i = 1; i <= 5; i++)
        {
            var before = i - 1;
            await Deadline.Until(() => Volatile.Read(ref ended) == before, "the connection before is over");
            Assert.Equal(200, (await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")).Status);
        }

        Assert.Equal(0, gateway.Statistics.Stale);
    }

    [Fact]
    public async Task Nothing_is_tried_again_once_the_response_has_begun()
    {
        await using var half = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 200 OK\r\nContent-Le");
            channel.Reset();
        });
        await using var gateway = new TestGateway();
        gateway.Add(half);
        gateway.Add(half);
        var reply = await gateway.GetAsync();
        Assert.Equal((502, "connection_lost"), (reply.Status, reply["X-EvenKeel-Error"]));
        Assert.Equal(1, half.Connections);
    }

    [Fact]
    public async Task Killing_an_instance_under_load_fails_no_idempotent_request()
    {
        var origins = Enumerable.Range(0, 3).Select(i => Origin.Say("from " + i)).ToList();
        await using var gateway = new TestGateway(loops: 2);
        origins.ForEach(one => gateway.Add(one));
        var done = 0;
        async Task Load()
        {
            var client = await gateway.ConnectAsync();
            for (var i = 0; i < 400; i++)
            {
                await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                var reply = await Deadline.Within(Reply.ReadAsync(client));
                Assert.True(reply.Status == 200, $"{reply.Head[0]} {reply.Text}");
                Interlocked.Increment(ref done);
            }
        }

        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(Load)).ToList();
        await Deadline.Until(() => Volatile.Read(ref done) > 800, "the load is under way");
        origins[1].Kill();
        await Deadline.Within(Task.WhenAll(load));
        Assert.Equal(3200, done);
        Assert.True(gateway.Statistics.Retries > 0);
        Assert.Equal(0, gateway.Count(ProblemCode.ConnectionLost) + gateway.Count(ProblemCode.ConnectFailed));
        foreach (var one in origins)
        {
            await one.DisposeAsync();
        }
    }

    private static Origin Losing() => new(async channel =>
    {
        await channel.ReadHeadAsync();
        channel.Reset();
    });
}
