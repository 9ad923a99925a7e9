using EvenKeel.Configuration.Model;
using EvenKeel.Control.Circuits;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

/// <summary>What protects a service changes while requests are under way.</summary>
public sealed class ResilienceReloadTests
{
    [Fact]
    public async Task A_limit_that_comes_counts_for_what_follows_and_one_that_goes_lets_those_through_who_wait()
    {
        await using var held = new HeldOrigin();
        await using var gateway = new TestGateway();
        gateway.Add(held.Origin);
        var first = gateway.GetAsync("/1");
        await Deadline.Until(() => held.Now == 1, "the first is under way, without a limit");

        Apply(gateway, new ResilienceOptions { Concurrency = new ConcurrencyOptions { Service = 1, Queue = 1, Wait = TimeSpan.FromSeconds(30) } });
        var second = gateway.GetAsync("/2");
        await Deadline.Until(() => held.Now == 2, "the limit counts what began under it");
        var third = gateway.GetAsync("/3");
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").Waiting == 1, "the third waits");
        Assert.Equal("overloaded", (await gateway.GetAsync("/4"))["X-EvenKeel-Error"]);

        Apply(gateway, new ResilienceOptions());
        await Deadline.Until(() => held.Now == 3, "without the limit it goes on");
        held.Release();
        Assert.All(await Deadline.Within(Task.WhenAll(first, second, third)), reply => Assert.Equal(200, reply.Status));
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").InFlight == 0, "every place was given back");
    }

    [Fact]
    public async Task A_breaker_remembers_through_a_reload_and_begins_closed_when_its_settings_change()
    {
        await using var failing = Origin.Serve((_, _) => "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        var breaker = new BreakerOptions { Ratio = 50, Volume = 3, Open = TimeSpan.FromMinutes(5) };
        await using var gateway = new TestGateway(options => options with { Resilience = new ResilienceOptions { Breaker = breaker } });
        gateway.Add(failing);
        var seen = new List<CircuitPhase>();
        gateway.Directory.CircuitChanged += service => seen.Add(service.Circuit);
        ServiceState web = gateway.Directory.ServiceOf("web");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(500, (await gateway.GetAsync()).Status);
        }

        await Deadline.Until(() => web.Circuit == CircuitPhase.Open, "it opens");

        gateway.Gateway.Apply(gateway.Options with { Timeouts = gateway.Options.Timeouts with { Idle = TimeSpan.FromMinutes(1) } });
        Assert.Equal(CircuitPhase.Open, web.Circuit);
        Assert.Equal("circuit_open", (await gateway.GetAsync())["X-EvenKeel-Error"]);

        Apply(gateway, new ResilienceOptions { Breaker = breaker with { Ratio = 60 } });
        Assert.Equal(CircuitPhase.Closed, web.Circuit);
        Assert.Equal(500, (await gateway.GetAsync()).Status);
        Assert.Equal([CircuitPhase.Open, CircuitPhase.Closed], seen);
    }

    private static void Apply(TestGateway gateway, ResilienceOptions resilience) => gateway.Gateway.Apply(gateway.Options with { Resilience = resilience });
}
