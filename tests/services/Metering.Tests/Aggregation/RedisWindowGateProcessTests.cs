using System.Net;
using System.Net.Sockets;
using EvenKeel.Locks.Redis;
using EvenKeel.State;
using EvenKeel.State.Commands;
using EvenKeel.State.Options;
using EvenKeel.TestServers;
using EvenKeel.Windows;
using Metering.Aggregation;
using Metering.Hosting;
using Metering.Ingest;
using Metering.Metrics;
using Metering.Tests.Instances;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metering.Tests.Aggregation;

[Trait("Category", "Process")]
public class RedisWindowGateProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly WindowKey Window = new("1:acme-customer-001", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_finds_the_lock_held_skips_until_the_wait_is_over_and_the_key_is_the_one_that_is_documented()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using var client = new StateClient(Options(redis));
        await using var locks = StateLocks.Create(
            client, new EvenKeel.Locks.LockProviderOptions { Prefix = "aggregation:lock:", CounterLifetime = TimeSpan.FromSeconds(60) });
        using var metrics = new MeteringMetrics(new IngestQueue(5000));
        var time = new HandClock();
        RedisWindowGate holder = Gate(time);
        RedisWindowGate loser = Gate(time);
        await client.PingAsync(Token);
        IAsyncDisposable? pass = await holder.TryEnterAsync(Window, Token);
        Assert.NotNull(pass);
        var keys = await client.ExecuteAsync(["KEYS", "*"], Token);
        Assert.Contains("{aggregation:lock:1:acme-customer-001:1704067200}", keys.Items.Select(key => System.Text.Encoding.UTF8.GetString(key.Bytes.Span)));
        long life = (await client.ExecuteAsync(["PTTL", "{aggregation:lock:1:acme-customer-001:1704067200}"], Token)).Integer;
        Assert.InRange(life, 30_000, 60_000);

        Assert.Null(await loser.TryEnterAsync(Window, Token));
        time.Now += 29;
        Assert.Null(await loser.TryEnterAsync(Window, Token));
        time.Now += 1;
        Assert.NotNull(await loser.TryEnterAsync(Window, Token));

        await pass.DisposeAsync();
        IAsyncDisposable? next = await loser.TryEnterAsync(Window, Token);
        Assert.IsType<EvenKeel.Locks.LockHandle>(next);
        await next.DisposeAsync();

        RedisWindowGate Gate(TimeProvider clock) => new(
            locks, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), metrics, clock, NullLogger.Instance);
    }

    [Fact]
    public async Task Windows_are_closed_whether_Redis_is_there_killed_or_hangs_and_the_loser_counts()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        MeteringSettings settings = database.Settings with { Redis = Options(redis) };
        await using HostedMetering one = await HostedMetering.StartAsync(settings with { Instance = "one" });
        await using HostedMetering two = await HostedMetering.StartAsync(settings with { Instance = "two" });

        int sent = 0;
        await CloseSomeAsync(one);
        Assert.Equal(("UP", "UP"), (await HealthAsync(one), await HealthAsync(two)));

        await redis.KillAsync();
        await CloseSomeAsync(two);

        // Whoever closed them has asked for a lock.
        Assert.Contains("DOWN", new[] { await HealthAsync(one), await HealthAsync(two) });
        await redis.RestartAsync();
        await CloseSomeAsync(one);
        redis.Pause();
        await CloseSomeAsync(two);
        redis.Resume();

        Assert.Equal([$"{sent}"], await database.QueryAsync("SELECT sum((aggregation_data->>'totalCalls')::int) FROM aggregation_windows"));
        Assert.Empty((await database.AuditAsync()).Mismatches);
        string metrics = await one.Client.GetStringAsync("/metrics", Token);
        Assert.Contains("metering_lock_contention_total ", metrics, StringComparison.Ordinal);
        Assert.Contains("metering_lock_acquisition_latency_seconds_count ", metrics, StringComparison.Ordinal);
        Assert.Contains("evenkeel_lock_acquisition_duration_seconds_bucket{", metrics, StringComparison.Ordinal);

        async Task CloseSomeAsync(HostedMetering metering)
        {
            DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
            foreach (int i in Enumerable.Range(0, 10))
            {
                Assert.Equal(HttpStatusCode.Created, (await metering.PostAsync(HostedMetering.Event($"e{sent++}", now.AddSeconds(-2 * i)))).Status);
            }

            await database.UntilSettledAsync();
        }

        async Task<string?> HealthAsync(HostedMetering metering) => (await metering.SendAsync(HttpMethod.Get, "/actuator/health")).Body
            .GetProperty("components").GetProperty("redis").GetProperty("status").GetString();
    }

    private static StateClientOptions Options(RedisServer redis)
    {
        Assert.Equal(AddressFamily.InterNetwork, redis.Address.AddressFamily);
        return StateConnectionString.Parse($"redis://{redis.Address}");
    }
}
