using EvenKeel.TestServers;
using EvenKeel.Windows.Tests.Events;
using Npgsql;

namespace EvenKeel.Windows.Tests.Ingest;

[Trait("Category", "Process")]
public sealed class WindowEntryProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_transaction_with_a_thousand_partitions_holds_at_most_sixteen_barriers_for_each_start()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        Event[] events = [.. Enumerable.Range(0, 2000).Select(i => new Event($"e{i:0000}", EventLog.Past(30 * (i % 2)), Partition: $"p{i / 2}"))];
        await using OpenIngest ingest = await log.BeginAsync(events);
        Assert.Equal(["32"], await log.QueryAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"));
        Assert.Equal(2000, await ingest.CommitAsync());
        Assert.Equal(["2000"], await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.state"));
    }

    [Fact]
    public async Task A_transaction_with_days_of_windows_holds_few_barriers_and_a_neighbour_has_another()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        Event[] events = [.. Enumerable.Range(0, 3000).Select(i => new Event($"e{i:0000}", EventLog.Past(30 * i), Partition: $"p{i % 50}"))];
        await using (OpenIngest ingest = await log.BeginAsync(events))
        {
            Assert.Equal(["True"], await log.QueryAsync("SELECT count(*) <= 512 FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"));
            Assert.Equal(3000, await ingest.CommitAsync());
        }

        await using OpenIngest two = await log.BeginAsync(new Event("one", EventLog.Past(0)), new Event("other", EventLog.Past(30)));
        Assert.Equal(["2"], await log.QueryAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"));
    }

    [Fact]
    public async Task Events_come_into_a_window_while_a_reviser_has_it()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(new Event("first", EventLog.Past(1)));
        await log.Closer().RunOnceAsync(EventLog.Token);
        await using NpgsqlConnection reviser = await log.Database.OpenConnectionAsync(EventLog.Token);
        await using NpgsqlTransaction transaction = await reviser.BeginTransactionAsync(EventLog.Token);
        await using (var raise = new NpgsqlCommand("SELECT FROM evenkeel_windows.state FOR UPDATE; UPDATE evenkeel_windows.state SET fence = fence + 1", reviser))
        {
            await raise.ExecuteNonQueryAsync(EventLog.Token);
        }

        // It returns although the row is changed and not committed.
        Assert.Equal(1, await log.AddAsync(new Event("second", EventLog.Past(2))));
        Assert.Equal(["1"], await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.late"));
    }
}
