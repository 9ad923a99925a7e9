using System.Net;
using System.Text.Json;
using EvenKeel.TestServers;
using EvenKeel.Windows.Closing;
using Metering.Schema;
using Metering.Tests.Instances;

namespace Metering.Tests.Aggregation;

[Trait("Category", "Process")]
public class WindowsProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The start of a window of 2 s that ended some seconds ago.</summary>
    private static DateTime Start(int secondsAgo)
    {
        DateTime then = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-secondsAgo);
        return then.AddTicks(-(then.Ticks % TimeSpan.FromSeconds(2).Ticks));
    }

    [Fact]
    public async Task An_event_on_a_boundary_is_in_the_window_that_begins_there_and_in_no_other()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        DateTime start = Start(20);
        (string, DateTime)[] events = [("last", start.AddTicks(-1)), ("first", start), ("within", start.AddTicks(19_999_999)), ("next", start.AddSeconds(2))];
        foreach ((string id, DateTime time) in events)
        {
            Assert.Equal(HttpStatusCode.Created, (await metering.PostAsync(HostedMetering.Event(id, time))).Status);
        }

        await database.UntilSettledAsync();
        Assert.Equal(
            ["1|acme-customer-001|1", "1|acme-customer-001|2", "1|acme-customer-001|1"],
            await database.QueryAsync("SELECT tenant_id, customer_id, aggregation_data->>'totalCalls' FROM aggregation_windows ORDER BY window_start"));
        Assert.Equal(["15|10|5|7.000|{\"/v1/chat\": {\"calls\": 1, \"tokens\": 15}}|{\"m1\": {\"calls\": 1, \"tokens\": 15}}"], await database.QueryAsync("""
            SELECT aggregation_data->>'totalTokens', aggregation_data->>'totalInputTokens', aggregation_data->>'totalOutputTokens',
                   aggregation_data->>'avgLatencyMs', aggregation_data->>'byEndpoint', aggregation_data->>'byModel'
            FROM aggregation_windows ORDER BY window_start LIMIT 1
            """));
        Assert.Empty(await database.QueryAsync(
            "SELECT tenant_id, customer_id, window_start, COUNT(*) FROM aggregation_windows GROUP BY tenant_id, customer_id, window_start HAVING COUNT(*) > 1;"));
        Assert.Empty((await database.AuditAsync()).Mismatches);
        Assert.Equal(3, (await database.AuditAsync()).Windows);
    }

    [Fact]
    public async Task A_late_event_makes_revision_2_within_3_s_and_the_first_is_kept()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        DateTime start = Start(20);
        await metering.PostAsync(HostedMetering.Event("early", start));
        await database.UntilSettledAsync();
        await metering.PostAsync(HostedMetering.Event("late", start.AddSeconds(1)));
        TimeSpan taken = await Until.TrueAsync("revision 2", async () => await database.CountAsync("evenkeel_windows.revision WHERE revision = 2") == 1);
        Assert.True(taken < TimeSpan.FromSeconds(3), $"it took {taken}");

        string path = $"/v1/windows?tenant=1&customer=acme-customer-001&from={start:O}&to={start.AddSeconds(2):O}";
        JsonElement all = (await metering.SendAsync(HttpMethod.Get, path + "&revisions=all")).Body;
        JsonElement[] windows = [.. all.GetProperty("windows").EnumerateArray()];
        Assert.Equal(["1 False 1 CLOSED", "2 True 2 CLOSED"], windows.Select(one =>
            string.Join(
                ' ', one.GetProperty("revision"), one.GetProperty("current"), one.GetProperty("data").GetProperty("totalCalls"), one.GetProperty("state"))));
        Assert.True(windows[1].GetProperty("fence").GetInt64() > windows[0].GetProperty("fence").GetInt64());
        Assert.Equal((start, start.AddSeconds(2)), (windows[0].GetProperty("windowStart").GetDateTime(), windows[0].GetProperty("windowEnd").GetDateTime()));
        Assert.Equal(1, (await metering.SendAsync(HttpMethod.Get, path)).Body.GetProperty("windows").GetArrayLength());
        Assert.Equal(HttpStatusCode.Forbidden, (await metering.SendAsync(HttpMethod.Get, path, key: DemoData.TechStartKey)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await metering.SendAsync(HttpMethod.Get, "/v1/windows?limit=0&from=then&revisions=some")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await metering.SendAsync(HttpMethod.Get, "/v1/windows?from=12:00")).Status);
        string metrics = await metering.Client.GetStringAsync("/metrics", Token);
        Assert.Contains("\nmetering_events_late_total 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nmetering_aggregation_windows_processed_total 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nevenkeel_windows_closed_total{evenkeel_windows_stream=\"usage\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_windows_that_nobody_could_close_for_a_while_are_caught_up()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        DateTime start = Start(200);
        await using (HostedMetering first = await HostedMetering.StartAsync(database.Settings))
        {
            // Nobody closes while the windows of 100 s are filled: no result can be stored, and those who take events in store none.
            await using (await database.HoldAsync("LOCK TABLE evenkeel_windows.revision IN SHARE MODE"))
            {
                foreach (int window in Enumerable.Range(0, 50))
                {
                    Assert.Equal(HttpStatusCode.Created, (await first.PostAsync(HostedMetering.Event($"w{window}", start.AddSeconds(2 * window)))).Status);
                }
            }
        }

        await using HostedMetering second = await HostedMetering.StartAsync(database.Settings);
        await database.UntilSettledAsync();
        Assert.Equal(["50"], await database.QueryAsync("SELECT sum((aggregation_data->>'totalCalls')::int) FROM aggregation_windows"));
        Assert.Equal(50, (await database.AuditAsync()).Windows);
        Assert.Empty((await database.AuditAsync()).Mismatches);
        JsonElement lag = (await second.SendAsync(HttpMethod.Get, "/v1/lag")).Body;
        Assert.Equal((0, 0, 0), (lag.GetProperty("overdue").GetInt32(), lag.GetProperty("open").GetInt32(), lag.GetProperty("marked").GetInt32()));
    }

    [Fact]
    public async Task A_window_waits_for_an_ingest_that_is_paused_before_its_commit()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        DateTime start = Start(20);
        Task<(HttpStatusCode Status, JsonElement Body, HttpResponseMessage Response)> sending;
        await using (await database.HoldAsync("LOCK TABLE metering.usage_event IN SHARE MODE"))
        {
            // Its transaction has entered the window, and stands before its rows. Another one has made the window known.
            sending = metering.PostAsync(HostedMetering.Event("paused", start));
            await database.UntilSomebodyWaitsAsync();
            await database.QueryAsync($"""
                INSERT INTO evenkeel_windows.state (stream, partition, start, closes_at)
                VALUES ('usage', '1:acme-customer-002', '{start:O}', now()) ON CONFLICT DO NOTHING
                """);
            await Until.TrueAsync("the other window closed, or its closer at the barrier", async () =>
                await database.CountAsync("evenkeel_windows.state WHERE is_closed") > 0
                || await database.CountAsync("pg_locks WHERE locktype = 'advisory' AND NOT granted") > 0);
            Assert.False(sending.IsCompleted);
            Assert.Empty(await database.QueryAsync("SELECT 1 FROM aggregation_windows WHERE customer_id = 'acme-customer-001'"));
        }

        Assert.Equal(HttpStatusCode.Created, (await sending).Status);
        await database.UntilSettledAsync();
        Assert.Equal(["1"], await database.QueryAsync("SELECT aggregation_data->>'totalCalls' FROM aggregation_windows"));
        Assert.Empty((await database.AuditAsync()).Mismatches);
    }

    [Fact]
    public async Task Two_closers_that_are_forced_on_one_window_close_it_once()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        DateTime start = Start(20);
        await using (HostedMetering metering = await HostedMetering.StartAsync(database.Settings with { Grace = TimeSpan.FromMinutes(30) }))
        {
            await metering.PostAsync(HostedMetering.Event("one", start));
        }

        // The first claims and is paused beyond its claim; the second claims and closes; the first wakes up.
        await database.QueryAsync("UPDATE evenkeel_windows.state SET closes_at = now()");
        var first = new WindowCloser(database.Source, database.Windows, "first", TimeProvider.System);
        var second = new WindowCloser(database.Source, database.Windows, "second", TimeProvider.System);
        ClaimedWindow old = (await first.ClaimAsync(Token)).Single();
        Assert.Empty(await second.ClaimAsync(Token));
        await database.QueryAsync("UPDATE evenkeel_windows.state SET lease_until = now()");
        ClaimedWindow latest = (await second.ClaimAsync(Token)).Single();
        CloseOutcome[] outcomes = await Task.WhenAll(first.CloseAsync(old, Token), second.CloseAsync(latest, Token));
        Assert.Equal([CloseOutcome.FencedOff, CloseOutcome.Closed], outcomes);
        Assert.Equal(["1|2"], await database.QueryAsync("SELECT revision, fence FROM aggregation_windows"));
        Assert.Equal(1, await database.CountAsync("evenkeel_windows.outbox"));
        Assert.Empty((await database.AuditAsync()).Mismatches);
    }

    [Fact]
    public async Task Two_instances_that_start_at_once_prepare_one_database_and_close_every_window_once()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        HostedMetering[] both = await Task.WhenAll(
            HostedMetering.StartAsync(database.Settings with { Instance = "one" }), HostedMetering.StartAsync(database.Settings with { Instance = "two" }));
        await using HostedMetering one = both[0];
        await using HostedMetering two = both[1];
        DateTime start = Start(60);

        // Each event goes to both at once, as a balancer that repeats would send it; a third of them are late.
        await Parallel.ForEachAsync(Enumerable.Range(0, 300), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (i, _) =>
        {
            string sent = HostedMetering.Event($"p{i}", start.AddMilliseconds(i * 100), $"acme-customer-00{1 + (i % 3)}");
            var answers = await Task.WhenAll(one.PostAsync(sent), two.PostAsync(sent));
            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Created], answers.Select(answer => answer.Status).Order());
        });
        await database.UntilSettledAsync();
        Assert.Equal(["300"], await database.QueryAsync("SELECT sum((aggregation_data->>'totalCalls')::int) FROM aggregation_windows"));
        Assert.Empty((await database.AuditAsync()).Mismatches);
        Assert.Equal(0, await database.CountAsync("(SELECT FROM evenkeel_windows.revision GROUP BY partition, start, revision HAVING count(*) > 1) AS twice"));
        Assert.Equal(
            await database.CountAsync("evenkeel_windows.revision"), await database.CountAsync("evenkeel_windows.outbox"));
        Assert.Equal(1, await database.CountAsync("metering.schema_step"));
    }

    [Fact]
    public async Task A_database_that_a_newer_program_has_prepared_is_left_alone()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await (await HostedMetering.StartAsync(database.Settings)).DisposeAsync();
        await database.QueryAsync("INSERT INTO metering.schema_step VALUES (1000)");
        await using HostedMetering old = await HostedMetering.LaunchAsync(database.Settings);
        await Until.TrueAsync("the reason", async () =>
            (await old.SendAsync(HttpMethod.Get, "/readyz")).Body.ToString().Contains("Start the newer program", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await old.SendAsync(HttpMethod.Get, "/readyz")).Status);
    }
}
