using Metering.Access;
using Metering.Events;
using MeteringTimes.Events;
using MeteringTimes.Loads;
using Npgsql;

namespace MeteringTimes.Rungs;

/// <summary>A rung without a service: four writers, as many as the service has, that each store one batch after the other.</summary>
/// <param name="bench">What all rungs share.</param>
/// <param name="batch">Events of a batch.</param>
internal abstract class DirectRung(Bench bench, int batch) : IRung
{
    private const int Writers = 4;
    private const int Repeatable = 20_000;

    public abstract string Name { get; }

    public abstract string? Below { get; }

    protected Bench Bench => bench;

    public async Task<RungResult> RunAsync(Mix mix, int seed)
    {
        await bench.Direct.ClearAsync();
        Feed[] feeds = [.. Enumerable.Range(0, Writers).Select(writer => new Feed(mix.Population, mix.Repeats, (seed * Writers) + writer))];
        if (mix.Repeats == 1)
        {
            await FillAsync(feeds);
        }

        Measurement measured;
        await using (var load = new DirectLoad(feeds, batch, (writer, samples) => StoreAsync(feeds[writer].Population, samples)))
        {
            measured = await Measurement.RunAsync(load, bench.Clock, [[bench.PostgresId]], bench.Warm, bench.Length);
        }

        await AuditAsync(feeds);
        return new RungResult(measured, [Bench.Postgres]);
    }

    /// <summary>Stores a batch in one transaction.</summary>
    /// <returns>How many of them were new.</returns>
    protected abstract Task<int> StoreAsync(Population population, Sample[] samples);

    /// <summary>Compares what is stored with what the writers know.</summary>
    protected virtual async Task AuditAsync(IReadOnlyList<Feed> feeds)
    {
        long wanted = feeds.Sum(feed => (long)feed.Acknowledged);
        var stored = (long)await bench.Direct.NumberAsync(Counted);
        if (stored != wanted)
        {
            throw new BenchmarkException($"{stored} events are stored, {wanted} were acknowledged");
        }
    }

    /// <summary>Counts what is stored.</summary>
    protected virtual string Counted => "SELECT count(*) FROM metering.usage_event JOIN metering.event_key USING (tenant_id, event_id)";

    /// <summary>The events as the service has them after reading and checking a request, in the order in which it stores them.</summary>
    protected UsageEvent[] EventsOf(Population population, Sample[] samples)
    {
        var tenant = new Tenant(1, Population.Tenant, IsActive: true);
        var events = Array.ConvertAll(
            samples, sample => EventFactory.Make(sample.ToDraft(population), tenant, bench.Direct.CustomerOf(population.Customers[sample.Customer])));
        Array.Sort(events, static (one, other) => string.CompareOrdinal(one.EventId, other.EventId));
        return events;
    }

    protected async Task<NpgsqlConnection> ConnectAsync() => await bench.Direct.Source.OpenConnectionAsync();

    private async Task FillAsync(Feed[] feeds)
    {
        foreach (var feed in feeds)
        {
            feed.Repeats = 0;
            var samples = new Sample[Repeatable / Writers];
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = feed.Next(now, out _);
            }

            await StoreAsync(feed.Population, samples);
            Array.ForEach(samples, feed.Acknowledge);
            feed.Repeats = 1;
        }
    }
}
