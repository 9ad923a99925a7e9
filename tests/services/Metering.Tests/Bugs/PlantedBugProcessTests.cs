using System.Net;
using EvenKeel.TestServers;
using EvenKeel.Windows;
using Metering.Bugs;
using Metering.Hosting;
using Metering.Tests.Instances;
using Npgsql;

namespace Metering.Tests.Bugs;

/// <summary>Each planted bug is found by the audit in the situation that it is wrong in; without the bug the same situation is clean.</summary>
[Trait("Category", "Process")]
public class PlantedBugProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTime Start
    {
        get
        {
            DateTime then = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-20);
            return then.AddTicks(-(then.Ticks % TimeSpan.FromSeconds(2).Ticks));
        }
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("inclusive", true)]
    public async Task An_event_on_a_boundary(string bug, bool found)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings with { Bug = Bug(bug) });
        DateTime start = Start;

        // In one transaction: a close between the two would not see the second.
        var batch = HostedMetering.Array(HostedMetering.Event("a", start), HostedMetering.Event("b", start.AddSeconds(2)));
        Assert.Equal(HttpStatusCode.OK, (await metering.PostBatchAsync(batch)).Status);
        await database.UntilSettledAsync();
        Assert.Equal(found, await IsFoundAsync(database));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("counters", true)]
    public async Task Events_of_two_windows_that_are_open_at_once(string bug, bool found)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings with { Bug = Bug(bug) });
        DateTime start = Start;
        var batch = HostedMetering.Array(HostedMetering.Event("a", start), HostedMetering.Event("b", start.AddSeconds(2)));
        Assert.Equal(HttpStatusCode.OK, (await metering.PostBatchAsync(batch)).Status);
        await database.UntilSettledAsync();
        Assert.Equal(found, await IsFoundAsync(database));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("mark-once", true)]
    public async Task A_late_event_while_the_reviser_is_taking_the_mark_of_another_one_away(string bug, bool found)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings with { Bug = Bug(bug) });
        DateTime start = Start;
        await metering.PostAsync(HostedMetering.Event("early", start));
        await database.UntilSettledAsync();
        await using (await database.HoldAsync("LOCK TABLE evenkeel_windows.outbox IN SHARE MODE"))
        {
            await metering.PostAsync(HostedMetering.Event("late", start));

            // The reviser has taken the mark away, has computed, and waits before its commit. Who takes events in does not wait for it.
            await database.UntilSomebodyWaitsAsync();
            Assert.Equal(HttpStatusCode.Created, (await metering.PostAsync(HostedMetering.Event("later", start))).Status);
        }

        await database.UntilSettledAsync();
        await Until.TrueAsync("revision 2", async () => await database.CountAsync("evenkeel_windows.state WHERE revision >= 2") == 1);
        await database.UntilSettledAsync();
        Assert.Equal(found, await IsFoundAsync(database));
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("cursor", true)]
    public async Task An_event_with_a_lower_number_that_is_committed_after_a_higher_one_was_seen(string bug, bool found)
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings with { Bug = Bug(bug) });
        DateTime start = Start;
        await metering.PostAsync(HostedMetering.Event("before", start.AddSeconds(-4)));
        await database.UntilSettledAsync();

        // A transaction takes an event in as the service does, and its commit comes late.
        await using (NpgsqlConnection slow = await database.HoldAsync($"""
            INSERT INTO metering.usage_event (customer_id, event_time, input_tokens, output_tokens, tokens, tenant_id, event_id, endpoint)
            SELECT id, '{start:O}', 1, 1, 2, 1, 'slow', '/v1/chat' FROM metering.customer WHERE external_id = 'acme-customer-002'
            """))
        {
            await metering.PostAsync(HostedMetering.Event("fast", start));
            await database.UntilSettledAsync();
            await using var commit = new NpgsqlCommand("COMMIT", slow);
            await commit.ExecuteNonQueryAsync(Token);
        }

        await metering.PostAsync(HostedMetering.Event("same-window", start, "acme-customer-002"));
        await database.UntilSettledAsync();
        Assert.Equal(found, await IsFoundAsync(database));
    }

    [Fact]
    public async Task A_closer_without_a_fence_that_was_paused_writes_over_its_successor()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        DateTime start = Start;
        var window = new WindowKey("1:acme-customer-001", start);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings);
        await metering.PostAsync(HostedMetering.Event("early", start));
        var paused = new UnfencedCloser(database.Source, database.Windows, gate: null);
        string? stale = await paused.ComputeAsync(window, Token);
        await database.UntilSettledAsync();
        await metering.PostAsync(HostedMetering.Event("late", start));
        await Until.TrueAsync("revision 2", async () => await database.CountAsync("evenkeel_windows.revision WHERE revision = 2") == 1);
        Assert.False(await IsFoundAsync(database));
        await paused.StoreAsync(window, stale, Token);
        Assert.True(await IsFoundAsync(database));
    }

    [Fact]
    public async Task A_service_without_a_fence_closes_and_looks_right_while_nothing_goes_wrong()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using HostedMetering metering = await HostedMetering.StartAsync(database.Settings with { Bug = BugKind.NoFence });
        await metering.PostAsync(HostedMetering.Event("early", Start));
        await database.UntilSettledAsync();
        Assert.False(await IsFoundAsync(database));
    }

    private static BugKind Bug(string word) => SettingReader.Bug(_ => word, "METERING_BUG");

    private static async Task<bool> IsFoundAsync(UsageDatabase database)
    {
        var report = await database.AuditAsync();
        Assert.True(report.Windows > 0, "an audit of nothing shows nothing");
        return report.Mismatches.Count > 0;
    }
}
