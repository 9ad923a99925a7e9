using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Hashing;

public sealed class HashRingTests
{
    private static readonly RingPoint[] Three = [new(1000, 0), new(5000, 1), new(9000, 2)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(10, 150)]
    [InlineData(1_000, 150)]
    [InlineData(10_000, 150)]
    [InlineData(60_000, 20)]
    public void A_ring_of_candidates_agrees_with_a_plain_binary_search_at_each_side_of_its_points(int candidates, int each)
    {
        HashNode[] nodes = TestNodes.Make(candidates);
        HashRing ring = HashRing.Create(nodes, each);
        ulong[] plain =
        [
            .. nodes.SelectMany((node, owner) => Enumerable.Range(0, each).Select(i => ((ulong)HashRing.PointOf(node.Hash, i) << 32) | (uint)owner)).Order(),
        ];
        for (int i = 0; i < plain.Length; i += 1 + (plain.Length / 20_000))
        {
            for (int offset = -1; offset <= 1; offset++)
            {
                uint key = unchecked((uint)(plain[i] >> 32) + (uint)offset);
                int at = Array.BinarySearch(plain, (ulong)key << 32);
                at = at < 0 ? ~at : at;
                Assert.Equal((int)(uint)plain[at == plain.Length ? 0 : at], ring.Owner(key));
            }
        }
    }

    [Theory]
    [InlineData(500, 0)]
    [InlineData(1000, 0)]
    [InlineData(1001, 1)]
    [InlineData(2000, 1)]
    [InlineData(6000, 2)]
    [InlineData(6500, 2)]
    [InlineData(9000, 2)]
    [InlineData(9001, 0)]
    [InlineData(uint.MaxValue, 0)]
    [InlineData(0, 0)]
    public void A_key_belongs_to_the_first_point_at_or_after_it_and_behind_the_last_to_the_first(uint key, int owner)
        => Assert.Equal(owner, new HashRing(Three).Owner(key));

    [Fact]
    public void A_server_inserted_at_7000_takes_5001_to_7000_and_nothing_else()
    {
        var before = new HashRing(Three);
        var after = new HashRing([.. Three, new RingPoint(7000, 3)]);
        for (uint key = 0; key < 12_000; key++)
        {
            Assert.Equal(key is > 5000 and <= 7000 ? 3 : before.Owner(key), after.Owner(key));
        }

        Assert.Equal(0, after.Owner(uint.MaxValue));
    }

    [Fact]
    public void Points_at_both_ends_and_one_point_alone_are_found()
    {
        var ends = new HashRing([new(0, 0), new(uint.MaxValue, 1)]);
        Assert.Equal([0, 1, 1, 1], new[] { 0u, 1u, uint.MaxValue - 1, uint.MaxValue }.Select(ends.Owner));
        var alone = new HashRing([new(5, 7)]);
        Assert.All(new[] { 0u, 5u, 6u, uint.MaxValue }, key => Assert.Equal(7, alone.Owner(key)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HashRing([]));
    }

    [Fact]
    public void A_look_up_agrees_with_a_search_through_all_points()
    {
        var random = new Random(3);
        RingPoint[] points = [.. Enumerable.Range(0, 5_000).Select(i => new RingPoint((uint)random.NextInt64(1L << 32) >> (i % 20), i))];
        var ring = new HashRing(points);
        RingPoint[] ordered = [.. points.OrderBy(point => point.Position).ThenBy(point => point.Owner)];
        for (int i = 0; i < 5_000; i++)
        {
            uint key = (uint)random.NextInt64(1L << 32) >> (i % 20);
            int at = Array.FindIndex(ordered, point => point.Position >= key);
            Assert.Equal(ordered[at < 0 ? 0 : at].Owner, ring.Owner(key));
            Assert.Equal(ring.Owner(key), ring.OwnerOf(ring.Find(key)));
        }
    }

    [Fact]
    public void Rings_of_any_size_and_crowding_agree_with_a_plain_binary_search()
    {
        var random = new Random(11);
        for (int ring = 0; ring < 800; ring++)
        {
            // Up to 2,000 points of up to as many owners, crowded into as few as 2^1 positions at one end of the ring or the other; all, some or none
            // of them where those of candidates are.
            int crowding = random.Next(32);
            int owners = 1 + random.Next(2_000);
            uint Draw() => ring % 2 == 0 ? (uint)random.NextInt64(1L << 32) >> crowding : ~((uint)random.NextInt64(1L << 32) >> crowding);
            uint Placed(uint position) => random.Next(4) < ring % 5 ? position | 0xFF : position;
            RingPoint[] points = [.. Enumerable.Range(0, 1 + random.Next(2_000)).Select(i => new RingPoint(Placed(Draw()), i % owners))];
            ulong[] plain = [.. points.Select(point => ((ulong)point.Position << 32) | (uint)point.Owner).Order()];
            var subject = new HashRing(points);
            Assert.Equal(plain.Length, subject.Count);
            for (int i = 0; i < 100; i++)
            {
                uint key = i % 2 == 0 ? Draw() : unchecked(points[random.Next(points.Length)].Position + (uint)random.Next(-1, 2));
                int at = Array.BinarySearch(plain, (ulong)key << 32);
                at = at < 0 ? ~at : at;
                Assert.Equal((int)(uint)plain[at == plain.Length ? 0 : at], subject.Owner(key));
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public void The_words_that_answer_for_parts_agree_with_the_points(int servers)
    {
        HashNode[] nodes = [.. Enumerable.Range(0, servers).Select(i => new HashNode(KeyHash.Mix((ulong)i)))];
        var ring = HashRing.Create(nodes);
        for (int i = 0; i < 50_000; i++)
        {
            uint key = (uint)(KeyHash.Mix((ulong)i + 9) >> 32);
            Assert.Equal(ring.OwnerOf(ring.Find(key)), ring.Owner(key));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(50)]
    public void With_150_points_the_hottest_has_at_most_1_35_times_the_mean(int servers)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double hottest = HashRing.Create(TestNodes.Make(servers, seed)).Shares(servers).Max() * servers;
            Assert.InRange(hottest, 1.0, 1.35);
        }
    }

    [Fact]
    public void With_one_point_the_shares_are_a_matter_of_luck()
        => Assert.True(Enumerable.Range(0, 20).Average(seed => HashRing.Create(TestNodes.Make(10, seed), 1).Shares(10).Max() * 10) > 2);

    [Fact]
    public void Shares_add_up_and_follow_weights()
    {
        HashNode[] nodes = TestNodes.Make(3);
        nodes[0] = nodes[0] with { Weight = 8 };
        double[] shares = HashRing.Create(nodes).Shares(3);
        Assert.Equal(1.0, shares.Sum(), 9);
        Assert.InRange(shares[0], 0.75, 0.85);
    }

    [Fact]
    public void One_that_leaves_gives_only_its_own_keys_away_and_one_that_comes_takes_only_for_itself()
    {
        HashNode[] nodes = TestNodes.Make(10);
        HashRing ten = HashRing.Create(nodes), nine = HashRing.Create(nodes.AsSpan(0, 9));
        int moved = 0;
        foreach (ulong key in TestNodes.Keys(20_000))
        {
            uint position = (uint)(key >> 32);
            moved += ten.Owner(position) == 9 ? 1 : 0;
            Assert.True(ten.Owner(position) == 9 || ten.Owner(position) == nine.Owner(position));
        }

        Assert.InRange(moved, 1_300, 2_700);
    }

    [Fact]
    public void Owners_of_any_number_are_found()
    {
        RingPoint[] points = [new(10, 65_535), new(1u << 31, 65_536), new(3u << 30, int.MaxValue), new(uint.MaxValue - 5, 0)];
        var ring = new HashRing(points);
        Assert.Equal([65_535, 65_536, int.MaxValue, 0, 65_535], new[] { 10u, 11u, (3u << 30) - 1, uint.MaxValue - 5, uint.MaxValue }.Select(ring.Owner));
    }

    [Fact]
    public void A_ring_has_a_limit_of_points()
    {
        HashNode[] heavy = [.. TestNodes.Make(100).Select(node => node with { Weight = 1000 })];
        Assert.InRange(HashRing.Create(heavy, 150).Count, 100_000, HashRing.MaxPoints);
        Assert.Throws<ArgumentOutOfRangeException>(() => HashRing.Create([new HashNode(1, HashRing.MaxPoints + 1)]));
    }

    [Fact]
    public void A_look_up_allocates_nothing()
    {
        HashRing ring = HashRing.Create(TestNodes.Make(10));
        var maglev = new MaglevTable(TestNodes.Make(10));
        HashNode[] nodes = TestNodes.Make(10);
        RendezvousPolicy.Choose(1, nodes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long sum = 0;
        for (uint key = 0; key < 1000; key++)
        {
            sum += ring.Owner(key << 20) + maglev.Owner((ulong)key << 50) + RendezvousPolicy.Choose(key, nodes);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.NotEqual(0, sum);
    }
}
