using System.Net;
using EvenKeel.State.Options;
using EvenKeel.TestServers;
using Metering.Hosting;
using Metering.Tests.Instances;

namespace Metering.Tests.Aggregation;

/// <summary>Thousands of customers whose windows end at the same moment, on two instances that take a lock on Redis for each.</summary>
[Trait("Category", "Process")]
public class ManyCustomersProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Customers = 5000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_thousand_active_customers_of_one_window_are_closed_together()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        MeteringSettings settings = database.Settings with
        {
            Redis = StateConnectionString.Parse($"redis://{redis.Address}"), Claim = TimeSpan.FromSeconds(10),
        };
        await using HostedMetering one = await HostedMetering.StartAsync(settings with { Instance = "one" });
        await using HostedMetering two = await HostedMetering.StartAsync(settings with { Instance = "two" });
        await database.QueryAsync($"INSERT INTO metering.customer (tenant_id, external_id) SELECT 1, 'c' || i FROM generate_series(1, {Customers}) AS i");

        // The window begins in some seconds: all of its events are there before it ends.
        DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
        DateTime start = now.AddTicks(TimeSpan.FromSeconds(8).Ticks - (now.Ticks % TimeSpan.FromSeconds(2).Ticks));
        var batch = HostedMetering.Array([.. Enumerable.Range(1, Customers).Select(i => HostedMetering.Event($"e{i}", start, $"c{i}"))]);
        Assert.Equal(HttpStatusCode.OK, (await one.PostBatchAsync(batch)).Status);
        Assert.Equal(Customers, await database.CountAsync("evenkeel_windows.state WHERE NOT is_closed"));
        await database.UntilSettledAsync();

        // One after the other they would be as many transactions; a machine that is busy makes them smaller than 500.
        Assert.InRange(long.Parse((await database.QueryAsync("SELECT count(DISTINCT transaction) FROM evenkeel_windows.outbox"))[0], null), 10, 1000);
        Assert.Equal([$"{Customers}|{Customers}"], await database.QueryAsync(
            "SELECT count(*), sum((aggregation_data->>'totalCalls')::int) FROM aggregation_windows"));
        Assert.Empty((await database.AuditAsync()).Mismatches);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(' ', await database.QueryAsync(
            "SELECT max(closed_at - closes_at), count(DISTINCT holder) FROM evenkeel_windows.state")));
        string metrics = await one.Client.GetStringAsync("/metrics", Token);
        Assert.DoesNotContain("\nmetering_lock_acquisition_latency_seconds_count 0\n", metrics, StringComparison.Ordinal);
    }
}
