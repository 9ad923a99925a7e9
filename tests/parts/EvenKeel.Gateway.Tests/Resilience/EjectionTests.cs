using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Health;
using EvenKeel.Gateway.Tests.Endpoints;
using EvenKeel.Gateway.Tests.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests.Resilience;

public sealed class EjectionTests
{
    private readonly TestTime _time = new();

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Epoll)]
    public async Task A_killed_instance_costs_no_idempotent_request_is_taken_out_and_is_back_after_exactly_three_good_checks(string transport)
    {
        var directory = new EndpointDirectory(new EjectionOptions { Failures = 2, Share = 100 }, TimeProvider.System);
        var health = new HealthOptions
        {
            Ready = "/ready", GatewayInterval = TimeSpan.FromMilliseconds(20), Timeout = TimeSpan.FromSeconds(20), Fall = 2, Rise = 3,
        };
        await using var checker = new ActiveHealthChecker(directory, _ => health, 7, TimeProvider.System, NullLogger.Instance);
        await using var gateway = new TestGateway(transport: transport, directory: directory);
        await using var held = new HeldOrigin();
        await using var other = Origin.Say("other");
        var killed = gateway.Add(held.Origin);

        // 1. In flight at the only instance when it is killed; the other one takes them over.
        var inFlight = Enumerable.Range(0, 8).Select(_ => gateway.GetAsync()).ToList();
        await Deadline.Until(() => held.Now == 8, "all are at the instance");
        gateway.Add(other);
        held.Origin.Kill();
        Assert.All(await Deadline.Within(Task.WhenAll(inFlight)), reply => Assert.Equal("other", reply.Text));
        await Deadline.Until(() => killed.IsEjected, "it is ejected");
        Assert.True(gateway.Statistics.Retries >= 8);

        // 2. Checks find it gone; nobody notices.
        checker.Start();
        await Deadline.Until(() => killed.Status == HealthStatus.Unhealthy, "the checks have failed");
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("other", (await gateway.GetAsync()).Text);
        }

        // 3. It comes back: the third good check admits it, not an earlier one.
        var checks = 0;
        var atRecovery = 0;
        checker.Changed += transition => atRecovery = transition.To == HealthStatus.Healthy ? Volatile.Read(ref checks) : atRecovery;
        await using var again = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            Interlocked.Increment(ref checks);
            await channel.SendAsync(Origin.Ok("ok"));
        }, killed.Address.Port);
        await Deadline.Until(() => Volatile.Read(ref atRecovery) > 0, "it is back");
        Assert.Equal(3, atRecovery);
    }

    [Fact]
    public async Task One_bad_address_does_not_eject_but_a_large_share_of_errors_does()
    {
        var directory = new EndpointDirectory(new EjectionOptions { Volume = 20, Ratio = 50 }, _time);
        await using var origin = Origin.Serve((head, _) => head[0].StartsWith("GET /bad", StringComparison.Ordinal)
            ? "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n" : Origin.Ok("ok"));
        await using var gateway = new TestGateway(directory: directory);
        var endpoint = gateway.Add(origin);
        for (var i = 0; i < 60; i++)
        {
            await gateway.GetAsync(i % 3 == 0 ? "/bad" : "/good");
        }

        Assert.False(endpoint.IsEjected);
        for (var i = 0; i < 60; i++)
        {
            await gateway.GetAsync("/bad");
        }

        await Deadline.Until(() => endpoint.IsEjected, "it is ejected");
    }

    [Fact]
    public async Task Statuses_that_are_configured_as_failures_eject_in_a_row_and_others_do_not()
    {
        var directory = new EndpointDirectory(new EjectionOptions { Failures = 3, Statuses = [599], Volume = 1000 }, _time);
        var status = 503;
        await using var origin = Origin.Serve((_, _) => $"HTTP/1.1 {Volatile.Read(ref status)} No\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = new TestGateway(directory: directory);
        var endpoint = gateway.Add(origin);
        for (var i = 0; i < 10; i++)
        {
            await gateway.GetAsync();
        }

        Assert.False(endpoint.IsEjected);
        Volatile.Write(ref status, 599);
        for (var i = 0; i < 3; i++)
        {
            await gateway.GetAsync();
        }

        await Deadline.Until(() => endpoint.IsEjected, "it is ejected");
    }

    [Fact]
    public async Task No_more_than_a_share_is_ejected_at_once()
    {
        var directory = new EndpointDirectory(new EjectionOptions { Failures = 1, Share = 50 }, _time);
        await using var gateway = new TestGateway(o => o with { Routes = [new RouteOptions { Service = "web", Retries = 0 }] }, directory: directory);
        var endpoints = Enumerable.Range(0, 5).Select(_ => gateway.Add(TestEndpoints.Refusing())).ToList();
        for (var i = 0; i < 40; i++)
        {
            Assert.Equal(502, (await gateway.GetAsync()).Status);
        }

        Assert.Equal((2, 2), (endpoints.Count(one => one.IsEjected), directory.ServiceOf("web").Ejected));
        directory.Remove(endpoints.First(one => one.IsEjected).Name);
        Assert.Equal(1, directory.ServiceOf("web").Ejected);
    }
}
