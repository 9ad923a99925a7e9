using EvenKeel.TestServers;
using EvenKeel.Windows.Reading;
using EvenKeel.Windows.Tests.Events;
using Npgsql;

namespace EvenKeel.Windows.Tests.Closing;

/// <summary>Windows of many partitions are closed and revised together, and one that cannot be does not keep the others open.</summary>
[Trait("Category", "Process")]
public sealed class ManyWindowsProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Partitions = 5000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => EventLog.Token;

    [Fact]
    public async Task Five_thousand_windows_that_end_at_once_are_closed_and_revised_in_a_few_transactions()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync([.. Enumerable.Range(0, Partitions).Select(i => new Event($"e{i}", EventLog.Past(1), i, Partition: $"p{i}"))]);

        Assert.Equal(Partitions, await UntilDoneAsync(log.Closer().RunOnceAsync));
        Assert.Equal(["5000|12497500"], await log.QueryAsync("SELECT count(*), sum((result->>'amount')::int) FROM evenkeel_windows.revision"));
        Assert.Equal(0, (await new WindowLagReader(log.Database, log.Options).ReadAsync(Token)).Open);
        int closing = await TransactionsAsync(1);

        await log.AddAsync([.. Enumerable.Range(0, Partitions).Select(i => new Event($"late{i}", EventLog.Past(2), 1, Partition: $"p{i}"))]);
        Assert.Equal(Partitions, await UntilDoneAsync(log.Reviser().RunOnceAsync));
        Assert.Equal(["5000|12502500"], await log.QueryAsync("SELECT count(*), sum((result->>'amount')::int) FROM evenkeel_windows.revision WHERE is_current"));

        // Fifteen each when a transaction is as short as here; a machine that is busy makes them smaller.
        Assert.InRange(closing, 10, 500);
        Assert.InRange(await TransactionsAsync(2), 10, 500);
        Assert.Empty((await log.AuditAsync()).Mismatches);

        async Task<int> TransactionsAsync(int revision) =>
            int.Parse((await log.QueryAsync($"SELECT count(DISTINCT transaction) FROM evenkeel_windows.outbox WHERE revision = {revision}"))[0], null);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_window_whose_result_cannot_be_computed_stays_open_and_the_others_are_closed(bool gated)
    {
        await using EventLog log = await BrokenAsync();
        await log.AddAsync([.. Enumerable.Range(0, 100).Select(i => new Event($"e{i}", EventLog.Past(1), 1, Partition: $"p{i}"))]);
        await log.ExecuteAsync("INSERT INTO broken VALUES ('p17'), ('p18'), ('p90')");
        var gate = new OpenGate();
        var closer = log.Closer(gate: gated ? gate : null);

        int closed = 0;
        PostgresException error = await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            while (true)
            {
                closed += await closer.RunOnceAsync(Token);

                // A claim keeps what was refused from being tried again and again; here it is over at once.
                await log.ExecuteAsync("UPDATE evenkeel_windows.state SET lease_until = now() WHERE NOT is_closed");
            }
        });

        Assert.Equal("22012", error.SqlState);
        Assert.Equal(0, gate.Inside);
        Assert.Equal(97, closed);
        Assert.Equal(["p17", "p18", "p90"], await log.QueryAsync("SELECT partition FROM evenkeel_windows.state WHERE NOT is_closed ORDER BY 1"));
        await log.ExecuteAsync("DELETE FROM broken; UPDATE evenkeel_windows.state SET lease_until = now() WHERE NOT is_closed");
        Assert.Equal(3, await closer.RunOnceAsync(Token));
    }

    [Fact]
    public async Task A_window_that_cannot_be_revised_stays_marked_and_the_others_are_revised()
    {
        await using EventLog log = await BrokenAsync();
        await log.AddAsync([.. Enumerable.Range(0, 30).Select(i => new Event($"e{i}", EventLog.Past(1), 1, Partition: $"p{i}"))]);
        Assert.Equal(30, await log.Closer().RunOnceAsync(Token));
        await log.AddAsync([.. Enumerable.Range(0, 30).Select(i => new Event($"late{i}", EventLog.Past(1), 1, Partition: $"p{i}"))]);
        await log.ExecuteAsync("INSERT INTO broken VALUES ('p3')");

        Assert.Equal(29, await log.Reviser().RunOnceAsync(Token));
        await Assert.ThrowsAsync<PostgresException>(() => log.Reviser().RunOnceAsync(Token));
        Assert.Equal(["p3"], await log.QueryAsync("SELECT partition FROM evenkeel_windows.late"));
        Assert.Equal(["29"], await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.revision WHERE revision = 2 AND is_current"));
    }

    private static async Task<int> UntilDoneAsync(Func<CancellationToken, Task<int>> turn)
    {
        long start = TimeProvider.System.GetTimestamp();
        int done = 0;
        while (await turn(Token) is > 0 and int more)
        {
            done += more;
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, $"after {Deadline.TotalSeconds} s there are {done}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{done} windows in {TimeProvider.System.GetElapsedTime(start).TotalMilliseconds:0} ms");
        return done;
    }

    // Division by zero for the partitions of a table.
    private async Task<EventLog> BrokenAsync()
    {
        EventLog log = await EventLog.OpenAsync(
            await postgres.CreateDatabaseAsync(),
            options => options with
            {
                Aggregate = EventLog.Sums.Replace(
                    "sum(amount)", "sum(amount / (SELECT 1 - count(*) FROM broken WHERE broken.partition = event.partition))", StringComparison.Ordinal),
            });
        await log.ExecuteAsync("CREATE TABLE broken (partition text)");
        return log;
    }
}
