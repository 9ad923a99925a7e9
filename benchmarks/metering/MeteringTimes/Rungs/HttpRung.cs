using MeteringTimes.Audits;
using MeteringTimes.Events;
using MeteringTimes.Loads;
using MeteringTimes.Processes;

namespace MeteringTimes.Rungs;

/// <summary>Events over HTTP, to one instance or through a balancer to several.</summary>
/// <param name="bench">What all rungs share.</param>
/// <param name="name">Its name.</param>
/// <param name="below">The rung below.</param>
/// <param name="users">Virtual users.</param>
/// <param name="perRequest">Events of a request.</param>
internal sealed class HttpRung(Bench bench, string name, string below, int users, int perRequest) : IRung
{
    private const int Repeatable = 20_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public string Name => name;

    public string? Below => below;

    /// <summary>The instances.</summary>
    public required Func<IReadOnlyList<Server>> Instances { get; init; }

    /// <summary>What stands in front of them, or null.</summary>
    public Func<Server>? Balancer { get; init; }

    /// <summary>Requests for a second; null for as many as the users manage.</summary>
    public Func<double>? Rate { get; init; }

    public async Task<RungResult> RunAsync(Mix mix, int seed)
    {
        await bench.Served.ClearAsync();
        var feed = new Feed(mix.Population, mix.Repeats, seed);
        var instances = Instances();
        var target = Balancer?.Invoke() ?? instances[0];
        if (mix.Repeats == 1)
        {
            await FillAsync(feed, instances[0]);
        }

        List<int[]> groups = [[bench.PostgresId], [.. instances.Select(one => one.Id)]];
        List<string> names = [Bench.Postgres, Bench.Service];
        if (Balancer is not null)
        {
            groups.Add([target.Id]);
            names.Add(Bench.Balancer);
        }

        Measurement measured;
        await using (var load = new HttpLoad(bench.Loop, target.Address, feed, users, perRequest, Rate?.Invoke() ?? 0))
        {
            measured = await Measurement.RunAsync(load, bench.Clock, groups, bench.Warm, bench.Length);
        }

        await bench.Served.SettleAsync(() => Task.CompletedTask);
        await LedgerAudit.RunAsync(bench.Served, [feed], bench.Served.Windows.Length);
        return new RungResult(measured, names);
    }

    private async Task FillAsync(Feed feed, Server instance)
    {
        feed.Repeats = 0;
        await using (var load = new HttpLoad(bench.Loop, instance.Address, feed, users: 2, perRequest: 1000))
        {
            await load.StartAsync();
            while (load.Events < Repeatable)
            {
                await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
            }

            await load.StopAsync();
        }

        feed.Repeats = 1;
    }
}
