using System.Globalization;
using EvenKeel.TestServers;
using EvenKeel.Windows.Ingest;
using Metering.Events;
using Metering.Ingest;
using Metering.Schema;
using Metering.Tests.Instances;
using Npgsql;

namespace Metering.Tests.Ingest;

/// <summary>Batches whose ids are new, taken, or being taken, whatever the statement expected.</summary>
[Trait("Category", "Process")]
public sealed class IngestStatementProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private static readonly DateTime Moment = new(2026, 5, 1, 12, 0, 1, DateTimeKind.Utc);
    private UsageDatabase _database = null!;
    private IngestStatement _statement = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await UsageDatabase.CreateAsync(postgres);
        await MeteringSchema.PrepareAsync(_database.Source, demo: true, extra: null, Token);
        _statement = new IngestStatement(_database.Windows, WindowEntry.MarkOf("fresh"));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Ids_that_are_taken_are_told_from_new_ones_though_none_was_expected()
    {
        Assert.Equal([IngestOutcome.Processed, IngestOutcome.Processed], (await StoreAsync(Event("a"), Event("b"))).Outcomes);

        IngestBatch mixed = await StoreAsync(Event("a"), Event("b", hash: 2), Event("c"));

        Assert.Equal([IngestOutcome.Duplicate, IngestOutcome.Conflict, IngestOutcome.Processed], mixed.Outcomes);
        Assert.Equal(["a|1", "b|1", "c|1"], await _database.QueryAsync("SELECT event_id, count(*) FROM metering.usage_event GROUP BY 1 ORDER BY 1"));
        Assert.Equal(3, await _database.CountAsync("metering.event_key"));
    }

    [Fact]
    public async Task A_stream_of_repetitions_is_not_refused_time_and_again()
    {
        await StoreAsync(Event("a"));
        for (int i = 0; i < 10; i++)
        {
            await StoreAsync(Event("a"), Event($"n{i}"));
        }

        Assert.Equal(1, await RolledBackAsync());
        for (int i = 0; i < RepeatForecast.Calm; i++)
        {
            await StoreAsync(Event($"calm{i}"));
        }

        await StoreAsync(Event("a"));
        Assert.Equal(2, await RolledBackAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_id_that_another_transaction_is_taking_is_waited_for(bool commits)
    {
        await using NpgsqlConnection other = await _database.HoldAsync(
            "INSERT INTO metering.event_key (tenant_id, event_id, body_hash, event_time) VALUES (1, 'b', 1, now())");
        Task<IngestBatch> store = StoreAsync(Event("a"), Event("b"), Event("c"));
        await _database.UntilSomebodyWaitsAsync();
        await using (var end = new NpgsqlCommand(commits ? "COMMIT" : "ROLLBACK", other))
        {
            await end.ExecuteNonQueryAsync(Token);
        }

        IngestBatch batch = await store;

        Assert.Equal([IngestOutcome.Processed, commits ? IngestOutcome.Duplicate : IngestOutcome.Processed, IngestOutcome.Processed], batch.Outcomes);
        Assert.Equal(commits ? 2 : 3, await _database.CountAsync("metering.usage_event"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_of_closed_windows_are_counted_and_their_windows_marked_once(bool repetition)
    {
        await StoreAsync(Event("a"), Event("other", at: Moment.AddSeconds(2)));
        await _database.QueryAsync("UPDATE evenkeel_windows.state SET is_closed = true WHERE start = (SELECT min(start) FROM evenkeel_windows.state)");

        UsageEvent[] late = [Event("b"), Event("c"), Event("later", at: Moment.AddSeconds(2))];
        IngestBatch batch = await StoreAsync(repetition ? [Event("a"), .. late] : late);

        Assert.Equal(2, batch.Late);
        Assert.Equal(1, await _database.CountAsync("evenkeel_windows.late"));
    }

    [Fact]
    public async Task What_was_stored_by_an_attempt_without_an_answer_is_new()
    {
        await StoreAsync(Event("a"));

        IngestBatch again = await StoreAsync([Event("a")], isRepeated: true);

        Assert.Equal([IngestOutcome.Processed], again.Outcomes);
        Assert.Equal(0, await RolledBackAsync());
    }

    private static UsageEvent Event(string id, long hash = 1, DateTime? at = null) => new()
    {
        TenantId = 1, EventId = id, Time = at ?? Moment, CustomerId = 1, Partition = "1:one", Endpoint = "/v1/chat", Hash = hash, Tokens = 3,
    };

    private Task<IngestBatch> StoreAsync(params UsageEvent[] events) => StoreAsync(events, isRepeated: false);

    private async Task<IngestBatch> StoreAsync(UsageEvent[] events, bool isRepeated)
    {
        var ticket = new IngestTicket(events);
        var batch = new IngestBatch([.. Enumerable.Range(0, events.Length).Select(i => new IngestEntry(ticket, i))]);
        await using NpgsqlConnection connection = await _database.Source.OpenConnectionAsync(Token);
        await _statement.StoreAsync(connection, batch, isRepeated, Token);
        return batch;
    }

    private async Task<int> RolledBackAsync()
    {
        // A session keeps its counts to itself for a while.
        await _database.QueryAsync("SELECT pg_stat_force_next_flush()");
        List<string> counts = await _database.QueryAsync("SELECT xact_rollback FROM pg_stat_database WHERE datname = current_database()");
        return int.Parse(counts.Single(), CultureInfo.InvariantCulture);
    }
}
