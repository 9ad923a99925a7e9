using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests;

public sealed class HttpGatewayTests
{
    [Fact]
    public async Task A_busy_port_is_said_to_be_busy()
    {
        await using var first = new TestGateway();
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1 });
        await using var second = new HttpGateway(
            new GatewayOptions { Listen = first.Address }, new EndpointDirectory(), group, TimeProvider.System, NullLoggerFactory.Instance);
        var error = Assert.Throws<AddressInUseException>(() => second.Start());
        Assert.True(error.IsBusy);
        Assert.Contains(first.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(GatewayState.Created, second.State);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_not_said_to_be_busy()
    {
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1 });
        await using var gateway = new HttpGateway(
            new GatewayOptions
            {
                Listen = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0),
            }, new EndpointDirectory(), group, TimeProvider.System, NullLoggerFactory.Instance);
        Assert.False(Assert.Throws<AddressInUseException>(() => gateway.Start()).IsBusy);
    }

    [Fact]
    public async Task Draining_finishes_what_is_under_way_and_refuses_what_comes_after()
    {
        var release = new TaskCompletionSource();
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await release.Task;
            await channel.SendAsync(Origin.Ok("late"));
            await channel.ReadHeadAsync();
        });
        await using var gateway = new TestGateway();
        var states = new List<GatewayState>();
        gateway.Gateway.StateChanged += states.Add;
        var endpoint = gateway.Add(origin);
        var idle = await gateway.ConnectAsync();
        var busy = await gateway.ConnectAsync();
        await busy.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Deadline.Until(() => endpoint.InFlight == 1, "the request is in flight");
        var drain = gateway.Gateway.DrainAsync(Deadline.Limit, Deadline.Token);

        // The loop tells all of its connections in one go: once the idle one is closed, the busy one knows.
        Assert.Equal("", await Deadline.Within(idle.ReadToEndAsync()));
        release.SetResult();
        var reply = await Deadline.Within(Reply.ReadAsync(busy));
        Assert.Equal(("late", "close"), (reply.Text, reply["Connection"]));
        Assert.True(await Deadline.Within(drain));
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => gateway.ConnectAsync());
        Assert.Equal([GatewayState.Draining], states);
    }

    [Fact]
    public async Task Draining_closes_connections_between_two_requests_at_once()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var idle = await gateway.ConnectAsync();
        await idle.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Deadline.Within(Reply.ReadAsync(idle));
        Assert.True(await Deadline.Within(gateway.Gateway.DrainAsync(Deadline.Limit, Deadline.Token)));
        Assert.Equal("", await Deadline.Within(idle.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_drain_that_takes_too_long_says_so_and_disposing_cuts_the_rest_off()
    {
        await using var silent = new Origin(channel => channel.ReadToEndAsync());
        var gateway = new TestGateway();
        var endpoint = gateway.Add(silent);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Deadline.Until(() => endpoint.InFlight == 1, "the request is in flight");
        Assert.False(await gateway.Gateway.DrainAsync(TimeSpan.FromMilliseconds(50), Deadline.Token));
        await Deadline.Within(gateway.Gateway.DisposeAsync().AsTask());
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        Assert.Equal((GatewayState.Stopped, 0), (gateway.Gateway.State, endpoint.InFlight));
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Each_exchange_is_told_to_the_observer_once()
    {
        var seen = new Recorder();
        await using var origin = Origin.Say("hello");
        await using var gateway = new TestGateway(observer: seen);
        gateway.Add(origin);
        await gateway.AskAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
        await Deadline.Until(() => !seen.All.IsEmpty, "the observer is told, which happens after the response was sent");
        var one = Assert.Single(seen.All);
        Assert.Equal(("web", "web-1", KnownMethod.Put, 200, null), (one.Service, one.Endpoint, one.Method, one.Status, one.Problem));
        Assert.Equal((1, true, 3, 5), (one.Attempts, one.IsComplete, one.RequestBytes, one.ResponseBytes));
        Assert.True(one.Started <= one.FirstByte && one.FirstByte <= one.Ended);
    }

    private sealed class Recorder : IExchangeObserver
    {
        public System.Collections.Concurrent.ConcurrentQueue<ExchangeRecord> All { get; } = [];

        public void OnExchange(in ExchangeRecord exchange) => All.Enqueue(exchange);
    }
}
