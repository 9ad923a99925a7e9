using EvenKeel.TestServers;
using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Revising;
using EvenKeel.Windows.Tests.Events;
using Npgsql;

namespace EvenKeel.Windows.Tests.Interleaving;

/// <summary>
/// Two sides, each a real program on a connection of its own, in every order in which their round trips can follow each other. Each order has a
/// window of its own, and one audit at the end looks at all of them. Without a rule the same orders find the loss.
/// </summary>
[Trait("Category", "Process")]
public sealed class InterleavingProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    // Round trips: what is marked, the rows, the marks, the comparison, what differs, the commit.
    private const int ReviserSteps = 6;

    // The claim, and the transaction in one.
    private const int CloseSteps = 2;
    private const int ForcedSteps = 1 + CloseSteps;

    private static CancellationToken Token => EventLog.Token;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_late_ingester_and_a_reviser_in_each_order(bool marksOnce)
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await using SteppedSide a = await SteppedSide.StartAsync(log, "ingester");
        await using SteppedSide b = await SteppedSide.StartAsync(log, "reviser");
        var ingest = new SteppedIngest(log, a) { MarksOnce = marksOnce };
        var reviser = new WindowReviser(b.Database, log.Options, TimeProvider.System);
        foreach (string order in Interleavings.Of(SteppedIngest.Steps, ReviserSteps))
        {
            await log.AddAsync(One("early", order));
            Assert.Equal(1, await log.Closer().RunOnceAsync(Token));
            await log.AddAsync(One("late", order));
            await Interleavings.RunAsync(order, a, () => ingest.StoreAsync(One("later", order)), b, () => reviser.RunOnceAsync(Token));
        }

        await SettleAsync(log);
        await JudgeAsync(log, windows: 84, events: 3, isFound: marksOnce);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_ingester_and_a_closer_in_each_order(bool enters)
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await using SteppedSide a = await SteppedSide.StartAsync(log, "ingester");
        await using SteppedSide b = await SteppedSide.StartAsync(log, "closer");
        var ingest = new SteppedIngest(log, a) { Enters = enters };
        var closer = new WindowCloser(b.Database, log.Options, "closer", TimeProvider.System);
        foreach (string order in Interleavings.Of(SteppedIngest.Steps, CloseSteps))
        {
            await log.AddAsync(One("early", order));
            await Interleavings.RunAsync(order, a, () => ingest.StoreAsync(One("late", order)), b, () => closer.RunOnceAsync(Token));
        }

        await SettleAsync(log);
        await JudgeAsync(log, windows: 10, events: 2, isFound: !enters);
    }

    [Fact]
    public async Task Two_closers_that_are_forced_on_one_window_in_each_order()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await using SteppedSide a = await SteppedSide.StartAsync(log, "first");
        await using SteppedSide b = await SteppedSide.StartAsync(log, "second");
        foreach (string order in Interleavings.Of(ForcedSteps, ForcedSteps))
        {
            await log.AddAsync(One("only", order));
            var outcomes = new List<CloseOutcome>();
            await Interleavings.RunAsync(order, a, () => ForceAsync(a, "first"), b, () => ForceAsync(b, "second"));
            Assert.True(outcomes.Count(outcome => outcome == CloseOutcome.Closed) == 1, $"{order}: {string.Join(", ", outcomes)}");

            // Whatever claim there is, it is taken for one that has run out.
            async Task ForceAsync(SteppedSide side, string holder)
            {
                await using (NpgsqlCommand expire = side.Database.CreateCommand("UPDATE evenkeel_windows.state SET lease_until = now() WHERE NOT is_closed"))
                {
                    await expire.ExecuteNonQueryAsync(Token);
                }

                var closer = new WindowCloser(side.Database, log.Options, holder, TimeProvider.System);
                foreach (ClaimedWindow window in await closer.ClaimAsync(Token))
                {
                    CloseOutcome outcome = await closer.CloseAsync(window, Token);
                    lock (outcomes)
                    {
                        outcomes.Add(outcome);
                    }
                }
            }
        }

        await JudgeAsync(log, windows: 20, events: 1, isFound: false);
        Assert.Equal(["20"], await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.revision"));
    }

    private static Event One(string id, string order) => new($"{id}-{order}", EventLog.Past(1), Partition: order);

    private static async Task SettleAsync(EventLog log)
    {
        while (await log.Closer().RunOnceAsync(Token) + await log.Reviser().RunOnceAsync(Token) > 0)
        {
        }
    }

    private static async Task JudgeAsync(EventLog log, int windows, int events, bool isFound)
    {
        var report = await log.AuditAsync();
        Assert.Equal(windows, report.Windows);
        Assert.Equal([$"{windows * events}"], await log.QueryAsync("SELECT count(*) FROM event"));
        Assert.True(isFound == report.Mismatches.Count > 0, $"mismatches: {string.Join(", ", report.Mismatches.Select(one => one.Window.Partition))}");

        // Of each window one revision is current, and the outbox tells of every revision once.
        Assert.Equal([$"{windows}"], await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.revision WHERE is_current"));
        Assert.Empty(await log.QueryAsync("SELECT partition FROM evenkeel_windows.outbox GROUP BY partition, revision HAVING count(*) > 1"));
        Assert.Equal(
            await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.revision"), await log.QueryAsync("SELECT count(*) FROM evenkeel_windows.outbox"));
    }
}
