using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class BodyTests
{
    [Fact]
    public async Task Chunks_and_trailers_go_both_ways_and_the_connections_live_on()
    {
        await using var origin = Origin.Serve(
            (_, body) => "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-Sum:1\r\nContent-Length: 7\r\n\r\n");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0003;x\r\nabc\r\nA\r\n01234");
            await Deadline.Until(() => origin.Connections == 1, "the head and the first chunk have arrived");
            await client.SendAsync("56789\r\n0\r\nX-End:2\r\nHost: evil\r\n\r\n");
            var reply = await Deadline.Within(Reply.ReadAsync(client));
            Assert.Equal("hello", reply.Text);
            Assert.Equal(["X-Sum: 1"], reply.Trailers);
            Assert.Equal("X-Sum", reply["Trailer"]);
        }

        Assert.Equal(1, origin.Connections);
        Assert.All(origin.Bodies, body => Assert.Equal("3\r\nabc\r\na\r\n0123456789\r\n0\r\nX-End: 2\r\n\r\n", body));
    }

    [Fact]
    public async Task A_body_until_the_end_of_the_connection_is_relayed_to_its_end()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.0 200 OK\r\n\r\nhello ");
            await channel.SendAsync("world");
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var reply = await gateway.GetAsync();
        Assert.Equal(("hello world", "close"), (reply.Text, reply["Connection"]));
        await gateway.Until(counts => counts.Completed == 1, "it is counted");
    }

    [Fact]
    public async Task A_client_that_waits_for_100_gets_it_from_the_instance_and_then_sends()
    {
        await using var origin = new Origin(async channel =>
        {
            var head = await channel.ReadHeadAsync();
            Assert.Contains("Expect: 100-continue", head!);
            await channel.SendAsync("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
            await channel.SendAsync(Origin.Ok(System.Text.Encoding.Latin1.GetString(await channel.ReadExactAsync(5))));
            await channel.ReadHeadAsync();
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        Assert.Equal(["HTTP/1.1 103 Early Hints", "Link: </a.css>"], await Deadline.Within(client.ReadHeadAsync()));
        Assert.Equal(["HTTP/1.1 100 Continue"], await Deadline.Within(client.ReadHeadAsync()));
        await client.SendAsync("hello");
        var reply = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal(("hello", null), (reply.Text, reply["Connection"]));
    }

    [Fact]
    public async Task A_final_response_before_the_body_is_complete_is_relayed_and_ends_the_connection()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
            await channel.ReadHeadAsync();
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n12345");
        var reply = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal((403, "no", "close"), (reply.Status, reply.Text, reply["Connection"]));
        await client.SendAsync(new string('x', 900));
        Assert.Equal("", await Deadline.Within(client.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_client_that_hangs_up_ends_the_request_at_the_instance_and_is_not_counted_against_it()
    {
        var arrived = new TaskCompletionSource();
        var ended = new TaskCompletionSource<string>();
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            arrived.TrySetResult();
            try
            {
                ended.TrySetResult(await channel.ReadToEndAsync());
            }
            catch (System.Net.Sockets.SocketException)
            {
                ended.TrySetResult("reset");
            }
        });
        await using var gateway = new TestGateway();
        var endpoint = gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Deadline.Within(arrived.Task);
        Assert.Equal(1, endpoint.InFlight);
        client.Reset();
        Assert.Equal("reset", await Deadline.Within(ended.Task));
        await Deadline.Until(() => endpoint.InFlight == 0 && gateway.Statistics is { ClientAborts: 1, Active: 0 }, "the abort is counted once");
        Assert.All(gateway.Statistics.Problems, problem => Assert.Equal(0, problem.Value));
    }

    [Theory]
    [InlineData("Content-Length: 11\r\n\r\n")]
    [InlineData("Content-Length: 11\r\n\r\n12345678901")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\nghijk\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nb\r\n")]
    public async Task A_body_beyond_the_limit_is_refused_whether_announced_or_streamed(string rest)
    {
        await using var origin = Origin.Say("hello");
        await using var gateway = new TestGateway(o => o with { Limits = new GatewayLimitOptions { Body = 10 } });
        gateway.Add(origin);
        var reply = await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\n" + rest);
        Assert.Equal((413, "body_too_large", "close"), (reply.Status, reply["X-EvenKeel-Error"], reply["Connection"]));
        Assert.Equal(1, gateway.Count(ProblemCode.BodyTooLarge));
        Assert.Empty(origin.Bodies);
    }
}
