using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

/// <summary>What clients get while instances are out, and when they come back.</summary>
public sealed class RecoveryOverSocketsTests : IAsyncDisposable
{
    private readonly Origin[] _origins = [.. Enumerable.Range(1, 4).Select(number => Origin.Say($"{number}"))];

    public async ValueTask DisposeAsync()
    {
        foreach (var origin in _origins)
        {
            await origin.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(BalancePolicy.Weighted)]
    [InlineData(BalancePolicy.PowerOfTwo)]
    public async Task One_that_comes_back_gets_a_tenth_of_its_share_at_first(BalancePolicy policy)
    {
        await using var gateway = Open(2, new EjectionOptions { SlowStart = TimeSpan.FromHours(1) }, policy);
        Assert.InRange((await AskAsync(gateway, 100))["2"], 30, 70);

        gateway.Directory.Find("web-2")!.SetStatus(HealthStatus.Unhealthy);
        Assert.Equal(100, (await AskAsync(gateway, 100))["1"]);
        gateway.Directory.Find("web-2")!.SetStatus(HealthStatus.Healthy);
        Assert.InRange((await AskAsync(gateway, 100))["2"], 1, 25);
    }

    [Fact]
    public async Task Below_the_threshold_all_that_were_ready_once_get_requests()
    {
        await using var gateway = Open(4, new EjectionOptions { Panic = 50 }, BalancePolicy.RoundRobin);
        foreach (var name in new[] { "web-1", "web-2" })
        {
            gateway.Directory.Find(name)!.SetStatus(HealthStatus.Unhealthy);
        }

        Assert.Equal(["3", "4"], (await AskAsync(gateway, 20)).Keys.Order());
        Assert.False(gateway.Directory.ServiceOf("web").IsPanicking);

        gateway.Directory.Find("web-3")!.SetStatus(HealthStatus.Unhealthy);
        Assert.Equal(["1", "2", "3", "4"], (await AskAsync(gateway, 20)).Keys.Order());
        Assert.True(gateway.Directory.ServiceOf("web").IsPanicking);
    }

    private static async Task<Dictionary<string, int>> AskAsync(TestGateway gateway, int times)
    {
        var client = await gateway.ConnectAsync();
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < times; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var name = (await Deadline.Within(Reply.ReadAsync(client))).Text;
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        return counts;
    }

    private TestGateway Open(int instances, EjectionOptions ejection, BalancePolicy policy)
    {
        var gateway = new TestGateway(
            options => options with { Routes = [new RouteOptions { Path = "/", Service = "web", Balance = policy }] },
            directory: new EndpointDirectory(ejection));
        foreach (var origin in _origins.Take(instances))
        {
            gateway.Add(origin);
        }

        return gateway;
    }
}
