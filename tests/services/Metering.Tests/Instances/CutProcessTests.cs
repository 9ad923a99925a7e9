using System.Net;
using EvenKeel.TestServers;
using Metering.Hosting;
using Metering.Relay.Relaying;

namespace Metering.Tests.Instances;

/// <summary>The connection to PostgreSQL breaks between the commit and the word of it: nothing is lost, nothing is doubled.</summary>
[Trait("Category", "Process")]
public sealed class CutProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static DateTime Start
    {
        get
        {
            DateTime then = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-20);
            return then.AddTicks(-(then.Ticks % TimeSpan.FromSeconds(2).Ticks));
        }
    }

    [Fact]
    public async Task A_sender_that_was_told_nothing_sends_again_and_learns_that_the_event_is_there()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using var way = new CutWay(database.Settings with { Profiles = Profiles.K6 }, StoresEvents);
        await using HostedMetering metering = await HostedMetering.StartAsync(way.Settings);
        way.Break(1);
        string sent = HostedMetering.Event("cut", Start);

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await metering.PostAsync(sent)).Status);

        Assert.Equal(1, way.Cuts);
        Assert.Equal(1, await database.CountAsync("metering.usage_event"));
        var again = await metering.PostAsync(sent);
        Assert.Equal((HttpStatusCode.OK, "DUPLICATE"), (again.Status, again.Body.GetProperty("status").GetString()));
        await HoldsAsync(database, calls: 1);
    }

    [Fact]
    public async Task An_instance_that_tries_again_itself_finds_its_own_event_and_says_that_it_is_processed()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using var way = new CutWay(database.Settings, StoresEvents);
        await using HostedMetering metering = await HostedMetering.StartAsync(way.Settings);
        way.Break(2);

        var told = await metering.PostAsync(HostedMetering.Event("cut", Start));

        Assert.Equal((HttpStatusCode.Created, "PROCESSED"), (told.Status, told.Body.GetProperty("status").GetString()));
        Assert.Equal(2, way.Cuts);
        await HoldsAsync(database, calls: 1);
    }

    [Fact]
    public async Task A_batch_of_which_nothing_was_told_is_counted_once_when_it_is_sent_again()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using var way = new CutWay(database.Settings with { Profiles = Profiles.K6 }, StoresEvents);
        await using HostedMetering metering = await HostedMetering.StartAsync(way.Settings);
        way.Break(1);
        DateTime start = Start;
        string[] events = [.. Enumerable.Range(0, 50).Select(number => HostedMetering.Event($"b{number}", start.AddMilliseconds(number)))];

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await metering.PostBatchAsync(HostedMetering.Array(events))).Status);
        var again = await metering.PostBatchAsync(HostedMetering.Array(events));

        Assert.Equal((HttpStatusCode.OK, 50), (again.Status, again.Body.GetProperty("duplicates").GetInt32()));
        await HoldsAsync(database, calls: 50);
    }

    [Fact]
    public async Task A_close_and_a_revision_whose_commits_nobody_heard_of_are_made_once()
    {
        await using UsageDatabase database = await UsageDatabase.CreateAsync(postgres);
        await using var way = new CutWay(database.Settings, step => step.IsCommit && (step.Tags.Contains("COMMIT") || Closes(step)));
        await using HostedMetering metering = await HostedMetering.StartAsync(way.Settings);
        DateTime start = Start;

        way.Break(1);
        await metering.PostAsync(HostedMetering.Event("early", start));
        await Until.TrueAsync("a close whose commit was cut", async () =>
            way.Cuts == 1 && await database.CountAsync("evenkeel_windows.state WHERE is_closed") == 1);
        way.Break(1);
        await metering.PostAsync(HostedMetering.Event("late", start));
        await Until.TrueAsync("a revision whose commit was cut", async () =>
            way.Cuts == 2 && await database.CountAsync("evenkeel_windows.revision WHERE revision = 2") == 1);

        await HoldsAsync(database, calls: 2);
        Assert.Equal(2, await database.CountAsync("evenkeel_windows.outbox"));
    }

    private static bool Closes(RelayStep step) => step.Statements.Any(text => text.Contains("SET is_closed = true", StringComparison.Ordinal));

    private static bool StoresEvents(RelayStep step) => step.Statements.Any(text => text.Contains("INSERT INTO metering.event_key", StringComparison.Ordinal));

    private static async Task HoldsAsync(UsageDatabase database, int calls)
    {
        await database.UntilSettledAsync();
        Assert.Equal(calls, await database.CountAsync("metering.usage_event"));
        Assert.Equal([$"{calls}"], await database.QueryAsync("SELECT sum((aggregation_data->>'totalCalls')::int) FROM aggregation_windows"));
        var report = await database.AuditAsync();
        Assert.True(report.Windows > 0, "an audit of nothing shows nothing");
        Assert.Empty(report.Mismatches);
    }
}
