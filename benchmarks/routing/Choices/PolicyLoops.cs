using EvenKeel.Routing.Balancing;
using EvenKeel.Routing.Geography;
using EvenKeel.Routing.Hashing;
using EvenKeel.Routing.Latency;
using Measure;

namespace Choices;

/// <summary>The decision alone, as the pure functions of the routing library make it over plain arrays.</summary>
internal static class PolicyLoops
{
    public static IEnumerable<MeasuredLoop> Make(int candidates)
    {
        var random = new Random(candidates);
        var inFlight = Array.ConvertAll(new int[candidates], _ => random.Next(8));
        var weights = Array.ConvertAll(new int[candidates], _ => random.Next(1, 6));
        var times = Array.ConvertAll(new int[candidates], _ => new PeakEwma(1 + random.Next(50), 0));
        var nodes = Array.ConvertAll(weights, weight => new HashNode((ulong)random.NextInt64(), weight));
        var sequence = SmoothWeightedSequence.Create(weights);
        var ring = HashRing.Create(nodes);
        var maglev = new MaglevTable(nodes);
        MeasuredLoop Loop(string subject, Func<uint, ulong, int> choose)
            => new($"policy-{candidates}", subject, "choice", count => Run(choose, count));

        yield return Loop("round-robin", (turn, _) => RoundRobinPolicy.Choose(candidates, turn));
        yield return Loop("weighted", (turn, _) => sequence[(int)(turn % (uint)sequence.Length)]);
        yield return Loop("least-connections", (turn, _) => LeastConnectionsPolicy.Choose(inFlight, weights, turn));
        yield return Loop("power-of-two", (turn, bits) =>
        {
            var (first, second) = PowerOfTwoPolicy.Draw(candidates, bits);
            var prefersSecond = PowerOfTwoPolicy.PrefersSecond(
                new LoadOfCandidate(inFlight[first], weights[first], 0), new LoadOfCandidate(inFlight[second], weights[second], 0), turn);
            return prefersSecond ? second : first;
        });
        yield return Loop("least-time", (turn, bits) =>
        {
            var (first, second) = PowerOfTwoPolicy.Draw(candidates, bits);
            return times[second].Load(turn & 4095, inFlight[second]) < times[first].Load(turn & 4095, inFlight[first]) ? second : first;
        });
        yield return Loop("random", (_, bits) => RandomPolicy.Choose(candidates, (uint)bits));
        yield return Loop("ring", (_, bits) => ring.Owner((uint)(bits >> 32)));
        yield return Loop("rendezvous", (_, bits) => RendezvousPolicy.Choose(bits, nodes));
        yield return Loop("maglev", (_, bits) => maglev.Owner(bits));
        yield return Geographic(candidates, random);
    }

    // As many networks as candidates, each of a region of its own; and from there the order of the regions, of which the nearest ones are half full.
    private static MeasuredLoop Geographic(int candidates, Random random)
    {
        var networks = new NetworkTable(Enumerable.Range(0, candidates).Select(i => (NetworkTable.Mapped((uint)i << 16), 112 + (i % 8), i)));
        var places = Array.ConvertAll(new int[candidates], _ => new GeoPoint((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180));
        var orders = Array.ConvertAll(new int[64], _ => NearestPolicy.Order(places[random.Next(candidates)], places));
        var availability = Array.ConvertAll(new int[candidates], _ => 50);
        return new MeasuredLoop($"policy-{candidates}", "geographic", "choice", count => Run(
            (turn, bits) => networks.TryFind(NetworkTable.Mapped(turn % (uint)candidates << 16), out var region)
                ? NearestPolicy.Choose(orders[region & 63], availability, (uint)bits)
                : throw new InvalidOperationException("an address of a network was not found in it"),
            count));
    }

    // The numbers of both loops are made in the loop, which costs about two nanoseconds that every subject has.
    private static long Run(Func<uint, ulong, int> choose, int count)
    {
        long sum = 0;
        for (uint turn = 0; turn < (uint)count; turn++)
        {
            sum += choose(turn, KeyHash.Mix(turn));
        }

        return sum;
    }
}
