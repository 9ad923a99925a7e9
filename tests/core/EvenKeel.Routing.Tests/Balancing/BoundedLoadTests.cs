using EvenKeel.Routing.Balancing;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Balancing;

public sealed class BoundedLoadTests
{
    [Theory]
    [InlineData(1.25, 1, 1, 10, 1)]
    [InlineData(1.25, 100, 1, 10, 13)]
    [InlineData(1.25, 100, 3, 10, 38)]
    [InlineData(2.0, 7, 1, 7, 2)]
    public void The_bound_is_the_share_times_the_factor_rounded_up(double factor, int total, int weight, int weights, int expected)
        => Assert.Equal(expected, BoundedLoad.Cap(factor, total, weight, weights));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keys_of_which_half_are_one_and_the_same_never_fill_a_candidate_above_its_bound(bool jump)
    {
        HashRing ring = HashRing.Create([.. Enumerable.Range(0, 10).Select(i => new HashNode(KeyHash.Mix((ulong)i)))]);
        int[] inFlight = new int[10];
        for (int total = 1; total <= 2_000; total++)
        {
            ulong key = total % 2 == 0 ? 1 : KeyHash.Mix((ulong)total);
            int cap = BoundedLoad.Cap(1.25, total, 1, 10);
            int point = ring.Find((uint)(key >> 32));
            for (ulong probe = 1; inFlight[ring.OwnerOf(point)] >= cap; probe++)
            {
                point = jump ? ring.Find((uint)(KeyHash.Mix(key + probe) >> 32)) : point + 1;
            }

            Assert.True(++inFlight[ring.OwnerOf(point)] <= cap);
        }
    }
}
