using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

public sealed class RetryBudgetTests
{
    private const int Requests = 200;

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Epoll)]
    public async Task When_all_instances_fail_retries_stay_within_the_budget(string transport)
    {
        var (retries, refused) = await RunAsync(transport, new RetryBudgetOptions { Percent = 20, Reserve = 1, Window = TimeSpan.FromMinutes(1) });
        Assert.InRange(retries, 60, (Requests / 5) + 60);
        Assert.True(refused > 0);
    }

    [Fact]
    public async Task Without_a_bound_every_request_is_retried_as_often_as_the_route_says()
    {
        var (retries, refused) = await RunAsync(TestTransport.Name, new RetryBudgetOptions { Percent = 1000 });
        Assert.Equal((2 * Requests, 0), (retries, refused));
    }

    [Fact]
    public async Task The_budget_is_on_by_default()
    {
        await using var gateway = new TestGateway();
        Assert.Equal(100, gateway.Directory.ServiceOf("web").RetriesLeft);
    }

    private static async Task<(long Retries, long Refused)> RunAsync(string transport, RetryBudgetOptions budget)
    {
        var failing = Enumerable.Range(0, 4).Select(_ => new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            channel.Reset();
        })).ToList();
        await using var gateway = new TestGateway(
            o => o with { Resilience = new ResilienceOptions { RetryBudget = budget } }, transport: transport,
            directory: new EndpointDirectory(new EjectionOptions { Failures = 0, Ratio = 0 }));
        failing.ForEach(one => gateway.Add(one));
        var client = await gateway.ConnectAsync();
        for (var i = 0; i < Requests; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var reply = await Deadline.Within(Reply.ReadAsync(client));
            Assert.Equal((502, "connection_lost"), (reply.Status, reply["X-EvenKeel-Error"]));
        }

        var statistics = gateway.Statistics;
        Assert.Equal(Requests + statistics.Retries, failing.Sum(one => (long)one.Connections));
        foreach (var one in failing)
        {
            await one.DisposeAsync();
        }

        return (statistics.Retries, statistics.RetriesRefused);
    }
}
