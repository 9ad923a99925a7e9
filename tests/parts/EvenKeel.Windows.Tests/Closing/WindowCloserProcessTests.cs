using EvenKeel.TestServers;
using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Reading;
using EvenKeel.Windows.Tests.Events;

namespace EvenKeel.Windows.Tests.Closing;

[Trait("Category", "Process")]
public sealed class WindowCloserProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => EventLog.Token;

    [Fact]
    public async Task Windows_are_half_open_and_closed_once_with_one_outbox_entry_for_each_result()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(
            new("a", EventLog.Past(0), 5), new("b", EventLog.Past(29), 7), new("c", EventLog.Past(30), 11), new("d", EventLog.Past(30), 13, "other"));

        Assert.Equal(2, await log.Closer().RunOnceAsync(Token));
        Assert.Equal(0, await log.Closer().RunOnceAsync(Token));

        Assert.Equal(["0|p|k|1|2|12", "30|p|k|1|1|11", "30|p|other|1|1|13"], await log.CurrentAsync());
        Assert.Equal(3, (await log.Outbox().ReadAsync(default, 100, Token)).Count);
        Assert.Empty((await log.AuditAsync()).Mismatches);
    }

    [Fact]
    public async Task The_same_event_again_is_not_counted_again()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        Assert.Equal(1, await log.AddAsync(new Event("a", EventLog.Past(0), 5)));
        Assert.Equal(1, await log.AddAsync(new("a", EventLog.Past(0), 5), new("b", EventLog.Past(1), 6)));

        await log.Closer().RunOnceAsync(Token);

        Assert.Equal(["0|p|k|1|2|11"], await log.CurrentAsync());
    }

    [Fact]
    public async Task A_running_window_is_left_open_until_its_grace_is_over()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync(), options => options with { Grace = TimeSpan.FromHours(1) });
        await log.AddAsync(new Event("a", TimeProvider.System.GetUtcNow().UtcDateTime));

        Assert.Equal(0, await log.Closer().RunOnceAsync(Token));

        WindowLag lag = await new WindowLagReader(log.Database, log.Options).ReadAsync(Token);
        Assert.Equal((1, 0, TimeSpan.Zero), (lag.Open, lag.Overdue, lag.OldestOverdue));
    }

    [Fact]
    public async Task After_a_long_pause_every_window_is_caught_up()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync(), options => options with { Batch = 7 });
        await log.AddAsync([.. Enumerable.Range(0, 40).Select(i => new Event($"e{i}", EventLog.Past(i * 30), i))]);
        Assert.Equal(40, (await new WindowLagReader(log.Database, log.Options).ReadAsync(Token)).Overdue);

        while (await log.Closer().RunOnceAsync(Token) > 0)
        {
        }

        Assert.Equal(40, (await log.CurrentAsync()).Count);
        Assert.Equal(0, (await new WindowLagReader(log.Database, log.Options).ReadAsync(Token)).Overdue);
    }

    [Fact]
    public async Task A_closer_that_was_paused_beyond_its_lease_is_fenced_off()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync(), options => options with { Lease = TimeSpan.FromSeconds(1) });
        await log.AddAsync(new Event("a", EventLog.Past(0), 5));

        ClaimedWindow paused = Assert.Single(await log.Closer("paused").ClaimAsync(Token));
        Assert.Empty(await log.Closer("early").ClaimAsync(Token));
        IReadOnlyList<ClaimedWindow> successor = [];
        while (successor.Count == 0)
        {
            successor = await log.Closer("successor").ClaimAsync(Token);
        }

        Assert.True(successor[0].Fence > paused.Fence);
        Assert.Equal(CloseOutcome.FencedOff, await log.Closer().CloseAsync(paused, Token));
        Assert.Empty(await log.CurrentAsync());
        Assert.Equal(CloseOutcome.Closed, await log.Closer().CloseAsync(successor[0], Token));
        Assert.Equal(CloseOutcome.FencedOff, await log.Closer().CloseAsync(paused, Token));
        Assert.Equal(CloseOutcome.FencedOff, await log.Closer().CloseAsync(successor[0], Token));
        Assert.Equal(["0|p|k|1|1|5"], await log.CurrentAsync());
        Assert.Single(await log.Outbox().ReadAsync(default, 100, Token));
    }

    [Fact]
    public async Task A_close_waits_for_the_transactions_that_are_putting_events_in()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(new Event("a", EventLog.Past(0), 5));
        await using OpenIngest ingest = await log.BeginAsync(new Event("b", EventLog.Past(1), 6));

        ClaimedWindow claimed = Assert.Single(await log.Closer().ClaimAsync(Token));
        Task<CloseOutcome> closing = log.Closer().CloseAsync(claimed, Token);
        await log.UntilSomebodyWaitsAsync();
        Assert.False(closing.IsCompleted);
        await ingest.CommitAsync();

        Assert.Equal(CloseOutcome.Closed, await closing);
        Assert.Equal(["0|p|k|1|2|11"], await log.CurrentAsync());
    }

    [Fact]
    public async Task Of_many_closers_at_once_each_window_has_one()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync([.. Enumerable.Range(0, 60).Select(i => new Event($"e{i}", EventLog.Past(i * 30), i))]);

        int[] closed = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => log.Closer($"closer-{i}").RunOnceAsync(Token)));

        Assert.Equal(60, closed.Sum());
        Assert.Equal(60, (await log.Outbox().ReadAsync(default, 1000, Token)).Count);
    }

    [Fact]
    public async Task A_gate_decides_who_works_and_who_skips_and_an_open_one_does_no_harm()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(new Event("a", EventLog.Past(0), 5));

        Assert.Equal(0, await log.Closer(gate: new Gate(open: false)).RunOnceAsync(Token));
        int[] closed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => log.Closer(gate: new Gate(open: true)).RunOnceAsync(Token)));

        Assert.Equal(1, closed.Sum());
        Assert.Equal(["0|p|k|1|1|5"], await log.CurrentAsync());
    }

    private sealed class Gate(bool open) : IWindowGate, IAsyncDisposable
    {
        public ValueTask<IAsyncDisposable?> TryEnterAsync(WindowKey window, CancellationToken cancellationToken) => new(open ? this : null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
