using EvenKeel.TestServers;
using EvenKeel.Windows.Outbox;
using EvenKeel.Windows.Tests.Events;

namespace EvenKeel.Windows.Tests.Revising;

[Trait("Category", "Process")]
public sealed class WindowReviserProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => EventLog.Token;

    [Fact]
    public async Task A_late_event_makes_a_new_revision_and_the_old_one_is_kept()
    {
        await using EventLog log = await ClosedAsync();
        await log.AddAsync(new("late", EventLog.Past(2), 100), new("new", EventLog.Past(3), 1, "newcomer"));

        Assert.Equal(1, await log.Reviser().RunOnceAsync(Token));
        Assert.Equal(0, await log.Reviser().RunOnceAsync(Token));

        Assert.Equal(["0|p|k|2|2|105", "0|p|newcomer|2|1|1"], await log.CurrentAsync());
        Assert.Equal(["1|False", "2|True"], await log.QueryAsync("SELECT revision, is_current FROM evenkeel_windows.revision WHERE key = 'k' ORDER BY 1"));
        IReadOnlyList<OutboxEntry> told = await log.Outbox().ReadAsync(default, 100, Token);
        Assert.Equal([(1, false, true), (2, true, true), (2, false, true)], told.Select(one => (one.Revision, one.Old is not null, one.New is not null)));
        Assert.Contains("\"amount\": 5", told[1].Old, StringComparison.Ordinal);
        Assert.Contains("\"amount\": 105", told[1].New, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mark_without_a_change_makes_no_revision()
    {
        await using EventLog log = await ClosedAsync();
        await log.AddAsync(new Event("late", EventLog.Past(2), 100));
        await log.Reviser().RunOnceAsync(Token);
        await log.ExecuteAsync($"INSERT INTO evenkeel_windows.late (stream, partition, start) VALUES ('usage', 'p', '{EventLog.Past(0):O}')");

        Assert.Equal(1, await log.Reviser().RunOnceAsync(Token));

        Assert.Equal(["0|p|k|2|2|105"], await log.CurrentAsync());
    }

    [Fact]
    public async Task An_event_that_commits_while_the_reviser_works_is_counted_by_the_next_revision()
    {
        await using EventLog log = await ClosedAsync();
        await log.AddAsync(new Event("late", EventLog.Past(2), 100));
        await using OpenIngest ingest = await log.BeginAsync(new Event("later", EventLog.Past(3), 1000));

        await log.Reviser().RunOnceAsync(Token);
        Assert.Equal(["0|p|k|2|2|105"], await log.CurrentAsync());
        await ingest.CommitAsync();
        await log.Reviser().RunOnceAsync(Token);

        Assert.Equal(["0|p|k|3|3|1105"], await log.CurrentAsync());
        Assert.Empty((await log.AuditAsync()).Mismatches);
    }

    [Fact]
    public async Task Revisers_at_once_make_one_revision()
    {
        await using EventLog log = await ClosedAsync();
        await log.AddAsync(new Event("late", EventLog.Past(2), 100));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => log.Reviser().RunOnceAsync(Token)));

        Assert.Equal(["0|p|k|2|2|105"], await log.CurrentAsync());
    }

    private async Task<EventLog> ClosedAsync()
    {
        EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(new Event("a", EventLog.Past(0), 5));
        Assert.Equal(1, await log.Closer().RunOnceAsync(Token));
        return log;
    }
}
