using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Hashing;
using Measure;

namespace Choices;

/// <summary>
/// What a request costs to be placed by the gateway: choosing among endpoints that have four requests in flight on average, counting the request
/// and ending it. Every request has another key.
/// </summary>
internal static class ChoiceLoops
{
    private static readonly (string Subject, BalancePolicy Policy, int BoundedLoad)[] Policies =
    [
        ("round-robin", BalancePolicy.RoundRobin, 0),
        ("weighted", BalancePolicy.Weighted, 0),
        ("least-connections", BalancePolicy.LeastConnections, 0),
        ("power-of-two", BalancePolicy.PowerOfTwo, 0),
        ("least-time", BalancePolicy.LeastTime, 0),
        ("random", BalancePolicy.Random, 0),
        ("source-hash", BalancePolicy.SourceHash, 0),
        ("ring", BalancePolicy.Ring, 0),
        ("bounded-load", BalancePolicy.Ring, 125),
        ("rendezvous", BalancePolicy.Rendezvous, 0),
        ("maglev", BalancePolicy.Maglev, 0),
    ];

    public static IEnumerable<MeasuredLoop> Make(int endpoints)
    {
        var fleet = new Fleet(0, endpoints, "web");
        fleet.Load(4);
        foreach (var (subject, policy, boundedLoad) in Policies)
        {
            var chooser = fleet.Chooser(policy, boundedLoad);
            yield return new MeasuredLoop($"choice-{endpoints}", subject, "choice", count => Run(chooser, count));
        }
    }

    private static long Run(EndpointChooser chooser, int count)
    {
        long chosen = 0;
        var time = TimeSpan.FromMilliseconds(2);
        for (var i = 0; i < count; i++)
        {
            if (chooser.TryChoose(new ChooseContext { Key = KeyHash.Mix((ulong)i) }, out var choice))
            {
                chosen++;
                choice.End(EndpointOutcome.Succeeded, time);
            }
        }

        return chosen == count ? chosen : throw new InvalidOperationException($"{count - chosen} of {count} requests found no endpoint");
    }
}
