using EvenKeel.TestServers;
using EvenKeel.Windows.Running;
using EvenKeel.Windows.Tests.Events;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Windows.Tests;

[Trait("Category", "Process")]
public sealed class WindowsUnderLoadProcessTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Writers = 4;
    private const int Rounds = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_was_acknowledged_is_what_the_windows_say(int seed)
    {
        await using EventLog log = await EventLog.OpenAsync(await postgres.CreateDatabaseAsync(), options => options with { Batch = 5 });
        using var stop = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(0, 2).Select(i => new WindowWorker(
            log.Closer($"worker-{i}"), log.Reviser(), TimeSpan.FromMilliseconds(1), TimeProvider.System, NullLogger.Instance).RunAsync(stop.Token))];

        // 1. Writers send batches that share ids with each other, so that some are duplicates, of ten windows that close at once.
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(log, new Random((seed * 100) + writer))));

        // 2. The workers end when nothing is open and nothing is marked.
        while ((await log.QueryAsync("SELECT 1 FROM evenkeel_windows.state WHERE NOT is_closed UNION ALL SELECT 1 FROM evenkeel_windows.late LIMIT 1")).Count > 0)
        {
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers);

        // 3. Recomputed here, from the senders' side alone: which ids exist follows from the seed.
        var expected = AllEvents(seed).DistinctBy(one => one.Id)
            .GroupBy(one => (Start: (int)((one.Time - EventLog.Past(0)).TotalSeconds / 30) * 30, one.Partition, one.Key))
            .Select(group => (group.Key, Line: $"{group.Count()}|{group.Sum(one => one.Amount)}"))
            .OrderBy(one => one.Key.Start).ThenBy(one => one.Key.Partition, StringComparer.Ordinal).ThenBy(one => one.Key.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Key.Start}|{one.Key.Partition}|{one.Key.Key}|{one.Line}");
        Assert.Equal(expected, (await log.CurrentAsync()).Select(WithoutRevision));
        Assert.Empty((await log.AuditAsync()).Mismatches);
        Assert.Empty(await log.QueryAsync("""
            SELECT key FROM evenkeel_windows.revision r FULL JOIN evenkeel_windows.outbox o USING (stream, partition, start, key, revision)
            WHERE r.result IS NULL OR o.new IS DISTINCT FROM r.result
            """));
    }

    private static async Task WriteAsync(EventLog log, Random random)
    {
        for (int round = 0; round < Rounds; round++)
        {
            await log.AddAsync([.. Batch(random)]);
        }
    }

    private static IEnumerable<Event> AllEvents(int seed) => Enumerable.Range(0, Writers).SelectMany(writer =>
    {
        var random = new Random((seed * 100) + writer);
        return Enumerable.Range(0, Rounds).SelectMany(_ => Batch(random).ToList());
    });

    // An id says everything of its event, so that the same id is the same event whoever sends it.
    private static IEnumerable<Event> Batch(Random random) => Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(600)).Distinct().ToList()
        .Select(id => new Event($"e{id}", EventLog.Past(id % 10 * 30 + id % 30), id, $"k{id % 3}", $"p{id % 2}"));

    private static string WithoutRevision(string row)
    {
        string[] parts = row.Split('|');
        return $"{parts[0]}|{parts[1]}|{parts[2]}|{parts[4]}|{parts[5]}";
    }
}
