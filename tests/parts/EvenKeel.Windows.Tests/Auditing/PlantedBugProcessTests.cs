using EvenKeel.TestServers;
using EvenKeel.Windows.Tests.Events;
using Npgsql;

namespace EvenKeel.Windows.Tests.Auditing;

/// <summary>The ways in which windows usually go wrong, each planted here by leaving out one rule, and found by the audit.</summary>
[Trait("Category", "Process")]
public sealed class PlantedBugProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => EventLog.Token;

    [Fact]
    public async Task Inclusive_bounds_count_a_boundary_twice()
    {
        await using EventLog log = await EventLog.OpenAsync(
            await postgres.CreateDatabaseAsync(),
            options => options with { Aggregate = EventLog.Sums.Replace("time < @end", "time <= @end", StringComparison.Ordinal) });
        await log.AddAsync(new("a", EventLog.Past(0), 5), new("b", EventLog.Past(30), 7));
        await log.Closer().RunOnceAsync(Token);

        var mismatch = Assert.Single((await log.AuditAsync()).Mismatches);
        Assert.Equal(EventLog.Past(0), mismatch.Window.Start);
        Assert.Contains("12", mismatch.Stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_that_know_no_windows_put_events_into_the_wrong_one()
    {
        await using EventLog log = await EventLog.OpenAsync(
            await postgres.CreateDatabaseAsync(),
            options => options with
            {
                Aggregate = EventLog.Sums.Replace("time >= @start AND time < @end", "(@start < @end OR true)", StringComparison.Ordinal),
            });
        await log.AddAsync(new("a", EventLog.Past(0), 5), new("b", EventLog.Past(30), 7));
        await log.Closer().RunOnceAsync(Token);

        Assert.Equal(2, (await log.AuditAsync()).Mismatches.Count);
    }

    [Fact]
    public async Task Without_the_barrier_an_event_that_commits_after_the_close_is_lost()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(new Event("a", EventLog.Past(0), 5));
        await using NpgsqlConnection connection = await log.Database.OpenConnectionAsync(Token);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Token);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { EventLog.Insert([new Event("b", EventLog.Past(1), 6)]) } };
        await batch.ExecuteNonQueryAsync(Token);

        await log.Closer().RunOnceAsync(Token);
        await transaction.CommitAsync(Token);

        Assert.Single((await log.AuditAsync()).Mismatches);
    }

    [Fact]
    public async Task A_mark_that_is_not_made_because_one_is_there_loses_a_late_event()
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync());
        await log.AddAsync(new Event("a", EventLog.Past(0), 5));
        await log.Closer().RunOnceAsync(Token);
        await log.AddAsync(new Event("late", EventLog.Past(2), 100));

        // What ON CONFLICT DO NOTHING on one mark for each window amounts to: this transaction finds the mark of the other and makes none.
        await using NpgsqlConnection connection = await log.Database.OpenConnectionAsync(Token);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Token);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                EventLog.Insert([new Event("later", EventLog.Past(3), 1000)]),
                new NpgsqlBatchCommand("INSERT INTO evenkeel_windows.late (stream, partition, start) SELECT 'usage', 'p', now() WHERE NOT EXISTS (SELECT FROM evenkeel_windows.late)"),
            },
        };
        await batch.ExecuteNonQueryAsync(Token);
        await log.Reviser().RunOnceAsync(Token);
        await transaction.CommitAsync(Token);
        await log.Reviser().RunOnceAsync(Token);

        Assert.Single((await log.AuditAsync()).Mismatches);
    }
}
