using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class TimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    [Fact]
    public async Task A_head_that_does_not_arrive_in_time_is_answered_with_408()
    {
        await using var gateway = With(new GatewayTimeoutOptions { Head = Short });
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost");
        var reply = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal((408, "request_timeout", "close"), (reply.Status, reply["X-EvenKeel-Error"], reply["Connection"]));
    }

    [Fact]
    public async Task A_connection_without_a_request_is_closed_without_a_word()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(new GatewayTimeoutOptions { Head = Short, KeepAlive = Short });
        gateway.Add(origin);
        Assert.Equal("", await Deadline.Within((await gateway.ConnectAsync()).ReadToEndAsync()));
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(200, (await Deadline.Within(Reply.ReadAsync(client))).Status);
        Assert.Equal("", await Deadline.Within(client.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_body_that_stops_arriving_is_answered_with_408()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(new GatewayTimeoutOptions { Idle = Short });
        gateway.Add(origin);
        var reply = await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345");
        Assert.Equal((408, "request_timeout", "close"), (reply.Status, reply["X-EvenKeel-Error"], reply["Connection"]));
    }

    [Fact]
    public async Task An_instance_that_does_not_answer_costs_504_and_the_client_keeps_its_connection()
    {
        await using var silent = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.ReadToEndAsync();
        });
        await using var gateway = With(new GatewayTimeoutOptions { Response = Short });
        gateway.Add(silent);
        var client = await gateway.ConnectAsync();
        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var reply = await Deadline.Within(Reply.ReadAsync(client));
            Assert.Equal((504, "response_timeout", "web-1"), (reply.Status, reply["X-EvenKeel-Error"], reply["X-EvenKeel-Instance"]));
            Assert.Null(reply["Connection"]);
        }
    }

    [Fact]
    public async Task A_response_that_stops_in_the_middle_is_broken_off_visibly()
    {
        await using var stuck = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await channel.ReadToEndAsync();
        });
        await using var gateway = With(new GatewayTimeoutOptions { Idle = Short });
        gateway.Add(stuck);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => gateway.GetAsync());
        await gateway.Until(counts => counts.Truncated == 1, "it is counted as truncated");
    }

    [Fact]
    public async Task An_instance_that_accepts_no_connection_in_time_is_left_for_another()
    {
        // A listening socket whose queue is full drops further connection attempts.
        using var full = new FullListener();
        await using var origin = Origin.Say("ok");
        await using var gateway = With(new GatewayTimeoutOptions { Connect = Short });
        gateway.Add(full.Address);
        var alone = await gateway.GetAsync();
        Assert.Equal((504, "connect_timeout"), (alone.Status, alone["X-EvenKeel-Error"]));
        gateway.Add(origin);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")).Status);
        }
    }

    private static TestGateway With(GatewayTimeoutOptions timeouts) => new(o => o with { Timeouts = timeouts });
}
