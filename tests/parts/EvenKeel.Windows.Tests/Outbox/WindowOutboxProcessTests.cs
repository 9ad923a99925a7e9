using EvenKeel.TestServers;
using EvenKeel.Windows.Outbox;
using EvenKeel.Windows.Tests.Events;
using Npgsql;

namespace EvenKeel.Windows.Tests.Outbox;

[Trait("Category", "Process")]
public sealed class WindowOutboxProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static string Entry(string key)
        => $"INSERT INTO evenkeel_windows.outbox (stream, partition, start, key, revision, new) VALUES ('usage', 'p', 'epoch', '{key}', 1, '1')";

    [Fact]
    public async Task An_entry_that_commits_late_is_never_behind_the_reader()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await using NpgsqlConnection slow = await log.Database.OpenConnectionAsync(EventLog.Token);
        await using NpgsqlTransaction transaction = await slow.BeginTransactionAsync(EventLog.Token);
        await new NpgsqlCommand(Entry("slow"), slow, transaction).ExecuteNonQueryAsync(EventLog.Token);
        await log.ExecuteAsync(Entry("quick"));

        // A reader by number alone would see the quick one now, go on behind it, and never see the slow one.
        Assert.Equal(["2|quick"], await log.QueryAsync("SELECT id, key FROM evenkeel_windows.outbox WHERE id > 0"));
        IReadOnlyList<OutboxEntry> first = await log.Outbox().ReadAsync(OutboxCursor.Start, 100, EventLog.Token);
        Assert.Empty(first);
        await transaction.CommitAsync(EventLog.Token);
        Assert.Empty(await log.QueryAsync("SELECT id, key FROM evenkeel_windows.outbox WHERE id > 2"));

        IReadOnlyList<OutboxEntry> both = await log.Outbox().ReadAsync(OutboxCursor.Start, 100, EventLog.Token);
        Assert.Equal(["slow", "quick"], both.Select(one => one.Key));
        Assert.Equal(["quick"], (await log.Outbox().ReadAsync(both[0].Cursor, 100, EventLog.Token)).Select(one => one.Key));
        Assert.Empty(await log.Outbox().ReadAsync(both[1].Cursor, 100, EventLog.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_read_is_limited(int most)
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.Outbox().ReadAsync(default, most, EventLog.Token));
    }
}
