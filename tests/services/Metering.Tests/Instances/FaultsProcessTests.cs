using System.Collections.Concurrent;
using System.Net;
using EvenKeel.TestServers;

namespace Metering.Tests.Instances;

/// <summary>Two real instances on one PostgreSQL and one Redis, under load, while one of the four is killed or paused. The senders keep a ledger.</summary>
[Trait("Category", "Process")]
public class FaultsProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Killed_paused_and_restarted_servers_lose_and_double_nothing()
    {
        await using RedisServer redis = await RedisServer.StartAsync();
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        (string, string)[] environment =
        [
            ("METERING_DATABASE", database.Settings.Database), ("METERING_REDIS", $"redis://{redis.Address}"), ("METERING_WINDOW", "2s"),
            ("METERING_GRACE", "1s"), ("METERING_CLAIM", "2s"), ("METERING_LOCK_WAIT", "3s"), ("METERING_LOCK_LEASE", "5s"),
        ];
        MeteringProcess[] started = await Task.WhenAll(StartAsync(), StartAsync());
        await using MeteringProcess one = started[0];
        MeteringProcess two = started[1];
        var ledger = new ConcurrentDictionary<string, DateTime>();
        using var stop = new CancellationTokenSource();
        Task[] senders = [.. Enumerable.Range(0, 8).Select(number => SendAsync(number))];
        try
        {
            await UntilSentAsync(200);

            // Whoever sends to it waits for 2 s: it is paused beyond its claims and leases.
            one.Pause();
            await UntilSentAsync(60);
            await redis.KillAsync();
            await UntilSentAsync(30);
            one.Resume();
            await two.KillAsync();
            await UntilSentAsync(200);
            two = await StartAsync();
            await postgres.StopAsync();
            await postgres.StartAsync();
            await redis.RestartAsync();
            await UntilSentAsync(200);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(senders);
        }

        await database.UntilSettledAsync();
        var stored = (await database.QueryAsync("SELECT event_id FROM metering.usage_event")).ToHashSet();
        Assert.DoesNotContain(ledger.Keys, id => !stored.Contains(id));
        Assert.Equal(stored.Count, await database.CountAsync("metering.usage_event"));
        var report = await database.AuditAsync();
        Assert.Empty(report.Mismatches);

        // The windows, computed again from what the senders know and nothing else. What was sent and never acknowledged may be in them or not.
        var expected = ledger.GroupBy(sent => sent.Value.Ticks / TimeSpan.FromSeconds(2).Ticks).ToDictionary(group => group.Key, group => group.Count());
        var held = (await database.QueryAsync("""
            SELECT extract(epoch FROM window_start)::bigint, sum((aggregation_data->>'totalCalls')::int) FROM aggregation_windows GROUP BY 1
            """))
            .Select(row => Array.ConvertAll(row.Split('|'), text => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture)))
            .ToDictionary(row => (DateTime.UnixEpoch.Ticks / TimeSpan.FromSeconds(2).Ticks) + (row[0] / 2), row => row[1]);
        Assert.All(expected, window => Assert.True(held[window.Key] >= window.Value, $"{window.Key}: {held[window.Key]} of {window.Value}"));
        Assert.Equal(stored.Count, held.Values.Sum());
        Assert.InRange(stored.Count, ledger.Count, ledger.Count + senders.Length);
        Assert.Equal(0, await two.StopAsync());
        await two.DisposeAsync();

        Task<MeteringProcess> StartAsync() => MeteringProcess.StartAsync(TimeSpan.FromSeconds(2), environment);

        // Every event goes to either instance until one acknowledges it, at times of now and of some seconds ago.
        async Task SendAsync(int number)
        {
            for (int sent = 0; !stop.IsCancellationRequested; sent++)
            {
                DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
                DateTime time = now.AddSeconds(sent % 10 == 0 ? -8 : 0);
                string id = $"s{number}-{sent}";
                string body = HostedMetering.Event(id, time, $"acme-customer-00{1 + (number % 3)}");
                for (int attempt = sent; !stop.IsCancellationRequested; attempt++)
                {
                    // The pace of a sender: without it eight of them keep this process too busy to start and watch others.
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                    MeteringProcess target = attempt % 2 == 0 ? one : two;
                    HttpStatusCode? status = await target.SendAsync(body);
                    if (status is HttpStatusCode.Created or HttpStatusCode.OK)
                    {
                        ledger[id] = time;
                        break;
                    }

                    Assert.NotEqual(HttpStatusCode.Conflict, status);
                    Assert.NotEqual(HttpStatusCode.InternalServerError, status);
                }
            }
        }

        async Task UntilSentAsync(int more)
        {
            int enough = ledger.Count + more;
            await Until.TrueAsync($"{more} more events", () => Task.FromResult(ledger.Count >= enough || senders.Any(sender => sender.IsFaulted)));
        }
    }

    [Fact]
    public async Task An_instance_that_is_told_to_stop_stores_what_it_has_taken_in()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using MeteringProcess instance = await MeteringProcess.StartAsync(TimeSpan.FromSeconds(60), ("METERING_DATABASE", database.Settings.Database));
        Task<HttpStatusCode?>[] sending;
        Task<int> stopping;
        await using (await database.HoldAsync("LOCK TABLE metering.event_key"))
        {
            DateTime now = TimeProvider.System.GetUtcNow().UtcDateTime;
            sending = [.. Enumerable.Range(0, 20).Select(i => instance.SendAsync(HostedMetering.Event($"e{i}", now)))];
            await database.UntilSomebodyWaitsAsync();
            await Until.TrueAsync("20 events inside", async () =>
                (await instance.MetricsAsync()).Contains("\nmetering_ingest_queue_events 20\n", StringComparison.Ordinal));
            stopping = instance.StopAsync();
        }

        Assert.Equal(0, await stopping);
        Assert.All(await Task.WhenAll(sending), status => Assert.Equal(HttpStatusCode.Created, status));
        Assert.Equal(20, await database.CountAsync("metering.usage_event"));
    }

    [Fact]
    public async Task A_setting_that_cannot_be_meant_so_ends_the_program_with_one_line()
    {
        (int exitCode, string error) = await MeteringProcess.RunAsync(("METERING_BUG", "fenceless"), ("METERING_DATABASE", "Host=127.0.0.1"));
        Assert.Equal((2, "metering: METERING_BUG is 'fenceless': it has to be none, no-fence, mark-once, counters, inclusive or cursor."), (exitCode, error.Trim()));
        (exitCode, error) = await MeteringProcess.RunAsync();
        Assert.Equal(2, exitCode);
        Assert.StartsWith("metering: METERING_DATABASE is not set", error, StringComparison.Ordinal);
    }
}
