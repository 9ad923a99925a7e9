using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Tcp;

public sealed class TcpGatewayTests
{
    [Fact]
    public async Task An_endpoint_that_refuses_gives_way_to_another_and_is_taken_out()
    {
        await using var origin = Echo();
        await using var gateway = Open(listener => listener with { Balance = BalancePolicy.RoundRobin });
        var refusing = gateway.Add(TestEndpoints.Refusing());
        gateway.Add(origin);
        for (int i = 0; i < 12; i++)
        {
            var client = await gateway.ConnectAsync();
            await client.SendAsync("a");
            await client.ReadExactAsync(1);
        }

        await Deadline.Until(() => refusing.IsEjected, "it is ejected");
        Assert.InRange(gateway.Statistics.Retries, 1, 12);
        Assert.Equal(0, gateway.Statistics.Outcomes[TcpOutcome.ConnectFailed]);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_answer_gives_way_to_another_after_the_time()
    {
        using var full = new FullListener();
        await using var origin = Echo();
        await using var gateway = Open(listener => listener with { Timeouts = new TcpTimeoutOptions { Connect = TimeSpan.FromMilliseconds(200) } });
        gateway.Add(full.Address);
        gateway.Add(origin);
        var clients = new[] { await gateway.ConnectAsync(), await gateway.ConnectAsync() };
        foreach (var client in clients)
        {
            await client.SendAsync("a");
            Assert.Equal((byte)'a', (await Deadline.Within(client.ReadExactAsync(1)))[0]);
        }

        Assert.True(gateway.Statistics.Retries >= 1);
    }

    [Fact]
    public async Task Without_an_endpoint_the_client_is_reset_and_the_reason_counted()
    {
        await using var gateway = Open();
        await MustBeReset(gateway);
        await gateway.Until(TcpOutcome.NoHealthyInstance);
        gateway.Add(TestEndpoints.Refusing());
        gateway.Add(TestEndpoints.Refusing());
        await MustBeReset(gateway);
        await gateway.Until(TcpOutcome.ConnectFailed);
    }

    [Fact]
    public async Task A_connection_counts_as_in_flight_and_the_next_goes_to_the_endpoint_with_fewer()
    {
        await using var first = Echo();
        await using var second = Echo();
        await using var gateway = Open();
        var one = gateway.Add(first);
        var two = gateway.Add(second);
        for (int i = 0; i < 6; i++)
        {
            var client = await gateway.ConnectAsync();
            await client.SendAsync("a");
            await client.ReadExactAsync(1);
        }

        Assert.Equal((3, 3), (one.InFlight, two.InFlight));
    }

    [Fact]
    public async Task A_connection_without_traffic_is_reset_after_the_idle_time()
    {
        await using var origin = Echo();
        await using var gateway = Open(listener => listener with { Timeouts = new TcpTimeoutOptions { Idle = TimeSpan.FromMilliseconds(200) } });
        gateway.Add(origin);
        await MustBeReset(gateway);
        await gateway.Until(TcpOutcome.IdleTimeout);
    }

    [Fact]
    public async Task Beyond_the_limit_a_connection_waits_until_another_one_ends()
    {
        await using var origin = Echo();
        await using var gateway = Open(listener => listener with { Connections = 1 });
        gateway.Add(origin);
        var first = await gateway.ConnectAsync();
        await first.SendAsync("a");
        await first.ReadExactAsync(1);
        var second = await gateway.ConnectAsync();
        await second.SendAsync("b");
        Assert.Equal(1, gateway.Statistics.Active);
        Assert.Equal(1, origin.Connections);
        first.EndSending();
        await Deadline.Within(first.ReadToEndAsync());
        Assert.Equal((byte)'b', (await Deadline.Within(second.ReadExactAsync(1)))[0]);
    }

    [Fact]
    public async Task Draining_cuts_no_connection_off_and_disposing_resets_and_counts_those_that_are_left()
    {
        await using var origin = Echo();
        var gateway = Open();
        gateway.Add(origin);
        var ending = await gateway.ConnectAsync();
        var staying = await gateway.ConnectAsync();
        foreach (var client in new[] { ending, staying })
        {
            await client.SendAsync("a");
            await client.ReadExactAsync(1);
        }

        Task<bool> drain = gateway.Gateway.DrainAsync(TimeSpan.FromMilliseconds(300), Deadline.Token);
        await Deadline.Until(() => gateway.Gateway.State == GatewayState.Draining, "it drains");
        await ending.SendAsync("more");
        Assert.Equal(4, (await ending.ReadExactAsync(4)).Length);
        ending.EndSending();
        Assert.Equal("", await Deadline.Within(ending.ReadToEndAsync()));
        Assert.False(await Deadline.Within(drain));
        await staying.SendAsync("b");
        await staying.ReadExactAsync(1);
        await Assert.ThrowsAsync<SocketException>(() => gateway.ConnectAsync());
        await gateway.Gateway.DisposeAsync();
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(staying.ReadToEndAsync()));
        Assert.Equal((1, 1), (gateway.Statistics.Outcomes[TcpOutcome.Completed], gateway.Statistics.Outcomes[TcpOutcome.Cut]));
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_drain_ends_with_the_last_connection()
    {
        await using var origin = Echo();
        await using var gateway = Open();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("a");
        await client.ReadExactAsync(1);
        Task<bool> drain = gateway.Gateway.DrainAsync(Deadline.Limit, Deadline.Token);
        client.EndSending();
        Assert.True(await Deadline.Within(drain));
    }

    [Fact]
    public async Task A_busy_port_is_said_to_be_busy_and_the_other_listeners_are_closed()
    {
        await using var first = Open();
        var error = Assert.Throws<AddressInUseException>(() => Open(listener => listener with { Listen = first.Address }));
        Assert.True(error.IsBusy);
    }

    [Fact]
    public async Task Each_connection_is_told_to_the_observer_once()
    {
        var seen = new Recorder();
        await using var origin = Echo();
        await using var gateway = new TestTcpGateway(TestTransport.Open, observer: seen);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("abc");
        client.EndSending();
        await Deadline.Within(client.ReadToEndAsync());
        await Deadline.Until(() => !seen.All.IsEmpty, "the observer is told");
        var one = Assert.Single(seen.All);
        Assert.Equal((TcpOutcome.Completed, "web", "web-1", 1), (one.Outcome, one.Service, one.Endpoint, one.Attempts));
        Assert.Equal((3, 3), (one.ClientBytes, one.EndpointBytes));
        Assert.Equal(client.Socket.LocalEndPoint, one.Client);
    }

    private static TestTcpGateway Open(Func<TcpListenerOptions, TcpListenerOptions>? change = null)
        => new(TestTransport.Open, change);

    private static Origin Echo() => new(async channel =>
    {
        while (await channel.ReadByteAsync() is var value and >= 0)
        {
            await channel.SendAsync(new[] { (byte)value });
        }
    });

    private static async Task MustBeReset(TestTcpGateway gateway)
    {
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            // A reset may be there before the connect is seen to have succeeded.
            var client = await gateway.ConnectAsync();
            await Deadline.Within(client.ReadToEndAsync());
        });
    }

    private sealed class Recorder : ITcpObserver
    {
        public System.Collections.Concurrent.ConcurrentQueue<TcpRecord> All { get; } = [];

        public void OnRelay(in TcpRecord relay) => All.Enqueue(relay);
    }
}
