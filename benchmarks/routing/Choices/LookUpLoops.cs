using EvenKeel.Routing.Hashing;
using Measure;

namespace Choices;

/// <summary>
/// Look-ups alone: of independent keys, where one begins before the last has ended, and as a chain, where each key depends on the owner found
/// before. A plain binary search stands beside the ring, so that it is seen what its index is worth, and one read of as much memory as the index
/// has, which no look-up can be faster than on the machine at the time.
/// </summary>
internal static class LookUpLoops
{
    private const int Servers = 1000;
    private const int Keys = 1 << 16;

    public static IEnumerable<MeasuredLoop> Make()
    {
        var nodes = Enumerable.Range(0, Servers).Select(i => new HashNode(KeyHash.Mix((ulong)i))).ToArray();
        var ring = HashRing.Create(nodes, 150);
        var slots = new SlotTable(Servers);
        var maglev = new MaglevTable(nodes);
        var search = new PlainSearch(nodes, 150);
        var keys = Enumerable.Range(0, Keys).Select(i => KeyHash.Mix((ulong)i + 77_777)).ToArray();
        foreach (var key in keys)
        {
            if (ring.Owner((uint)(key >> 32)) != search.Owner((uint)(key >> 32)))
            {
                throw new InvalidOperationException($"the ring and a plain search do not agree on key {key}");
            }
        }

        yield return new MeasuredLoop("ring-throughput", "evenkeel", "look-up", count =>
        {
            long sum = 0;
            for (var i = 0; i < count; i++)
            {
                sum += ring.Owner((uint)(keys[i & (Keys - 1)] >> 32));
            }

            return sum;
        });
        yield return new MeasuredLoop("ring-throughput", "binary-search", "look-up", count =>
        {
            long sum = 0;
            for (var i = 0; i < count; i++)
            {
                sum += search.Owner((uint)(keys[i & (Keys - 1)] >> 32));
            }

            return sum;
        });
        yield return new MeasuredLoop("ring-dependent", "evenkeel", "look-up", count =>
        {
            var owner = 0;
            for (var i = 0; i < count; i++)
            {
                owner = ring.Owner((uint)(keys[i & (Keys - 1)] >> 32) ^ (uint)(owner & 1));
            }

            return owner;
        });
        yield return new MeasuredLoop("ring-dependent", "binary-search", "look-up", count =>
        {
            var owner = 0;
            for (var i = 0; i < count; i++)
            {
                owner = search.Owner((uint)(keys[i & (Keys - 1)] >> 32) ^ (uint)(owner & 1));
            }

            return owner;
        });
        // Written first: memory that never was is one page for all.
        var memory = new ulong[1 << 17];
        Array.Fill(memory, 1UL);
        yield return new MeasuredLoop("ring-throughput", "one-read", "look-up", count =>
        {
            ulong sum = 0;
            for (var i = 0; i < count; i++)
            {
                sum += memory[keys[i & (Keys - 1)] >> 47];
            }

            return (long)sum;
        });
        yield return new MeasuredLoop("ring-dependent", "one-read", "look-up", count =>
        {
            ulong read = 0;
            for (var i = 0; i < count; i++)
            {
                read = memory[(keys[i & (Keys - 1)] ^ read) >> 47];
            }

            return (long)read;
        });
        yield return new MeasuredLoop("slot", "evenkeel", "look-up", count =>
        {
            long sum = 0;
            for (var i = 0; i < count; i++)
            {
                sum += slots.Owner(keys[i & (Keys - 1)]);
            }

            return sum;
        });
        yield return new MeasuredLoop("maglev", "evenkeel", "look-up", count =>
        {
            long sum = 0;
            for (var i = 0; i < count; i++)
            {
                sum += maglev.Owner(keys[i & (Keys - 1)]);
            }

            return sum;
        });
    }
}
