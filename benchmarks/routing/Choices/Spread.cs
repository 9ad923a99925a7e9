using System.Globalization;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Hashing;
using Measure;

namespace Choices;

/// <summary>
/// How evenly keys are spread over ten endpoints, and how many move when one comes or leaves. A run is another set of endpoint names, and so
/// another ring; its figures are exact for its keys and do not depend on the machine. Modulo is the number of the key modulo that of the endpoints.
/// </summary>
/// <param name="runs">Sets of names.</param>
/// <param name="keys">Keys of each.</param>
internal sealed class Spread(int runs, int keys)
{
    private const int Endpoints = 10;

    private static readonly (string Subject, BalancePolicy Policy, int BoundedLoad)[] Policies =
    [
        ("ring", BalancePolicy.Ring, 0),
        ("bounded-load", BalancePolicy.Ring, 125),
        ("rendezvous", BalancePolicy.Rendezvous, 0),
        ("source-hash", BalancePolicy.SourceHash, 0),
        ("maglev", BalancePolicy.Maglev, 0),
    ];

    public void Measure(ResultTable table)
    {
        foreach (var virtualNodes in new[] { 1, 10, 100, 150, 200 })
        {
            for (var run = 0; run < runs; run++)
            {
                MeasureOne(table, virtualNodes, run);
            }
        }
    }

    private void MeasureOne(ResultTable table, int virtualNodes, int run)
    {
        var suffix = virtualNodes.ToString(CultureInfo.InvariantCulture);
        void Add(string subject, Func<int, int[]> place)
        {
            var before = place(Endpoints);
            table.Add($"balance-{suffix}", subject, "hottest/mean", before.CountBy(owner => owner).Max(owner => owner.Value) * Endpoints / (double)keys);
            table.Add($"moved-by-adding-{suffix}", subject, "% of keys", Moved(before, place(Endpoints + 1)));
            table.Add($"moved-by-removing-{suffix}", subject, "% of keys", Moved(before, place(Endpoints - 1)));
        }

        Add("modulo", count => [.. Enumerable.Range(0, keys).Select(i => (int)(KeyHash.Mix((ulong)i) % (uint)count))]);
        foreach (var (subject, policy, boundedLoad) in Policies)
        {
            Add(subject, count => Place(new Fleet(0, count, $"web-{run}").Chooser(policy, boundedLoad, virtualNodes), ends: boundedLoad == 0));
        }
    }

    private double Moved(int[] before, int[] after) => 100.0 * before.Zip(after).Count(pair => pair.First != pair.Second) / keys;

    // The owner of each key, by the number in its name. With bounded load all keys are in flight at once: without load it is the ring.
    private int[] Place(EndpointChooser chooser, bool ends)
    {
        var owners = new int[keys];
        for (var i = 0; i < keys; i++)
        {
            if (!chooser.TryChoose(new ChooseContext { Key = KeyHash.Mix((ulong)i) }, out var choice))
            {
                throw new InvalidOperationException("a key found no endpoint");
            }

            owners[i] = int.Parse(choice.Endpoint.Name.AsSpan(choice.Endpoint.Name.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);
            if (ends)
            {
                choice.End(EndpointOutcome.Succeeded);
            }
        }

        return owners;
    }
}
