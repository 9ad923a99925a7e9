using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Hashing;

public sealed class RendezvousPolicyTests
{
    [Fact]
    public void Keys_spread_by_weight()
    {
        HashNode[] nodes = TestNodes.Make(3);
        nodes[1] = nodes[1] with { Weight = 2 };
        int[] counts = new int[3];
        foreach (ulong key in TestNodes.Keys(20_000))
        {
            counts[RendezvousPolicy.Choose(key, nodes)]++;
        }

        Assert.InRange(counts[0], 4_700, 5_300);
        Assert.InRange(counts[1], 9_600, 10_400);
        Assert.InRange(counts[2], 4_700, 5_300);
    }

    [Fact]
    public void One_that_leaves_gives_only_its_own_keys_away_to_all_others()
    {
        HashNode[] nodes = TestNodes.Make(5);
        int[] gains = new int[4];
        foreach (ulong key in TestNodes.Keys(10_000))
        {
            int before = RendezvousPolicy.Choose(key, nodes), after = RendezvousPolicy.Choose(key, nodes.AsSpan(0, 4));
            Assert.True(before == 4 || before == after);
            gains[after] += before == 4 ? 1 : 0;
        }

        Assert.All(gains, gain => Assert.InRange(gain, 400, 600));
    }

    [Fact]
    public void More_weight_only_attracts_keys()
    {
        HashNode[] nodes = TestNodes.Make(5);
        HashNode[] heavier = [nodes[0] with { Weight = 3 }, .. nodes[1..]];
        Assert.All(TestNodes.Keys(2_000), key =>
        {
            int after = RendezvousPolicy.Choose(key, heavier);
            Assert.True(after == 0 || after == RendezvousPolicy.Choose(key, nodes));
        });
    }

    [Fact]
    public void The_choice_is_the_highest_score_whatever_the_weights()
    {
        var random = new Random(5);
        for (int fleet = 0; fleet < 40; fleet++)
        {
            int heaviest = fleet % 2 == 0 ? 2 : 1000;
            HashNode[] nodes = [.. TestNodes.Make(1 + random.Next(60), fleet).Select(node => node with { Weight = random.Next(1, heaviest) })];
            Assert.All(TestNodes.Keys(200), key =>
            {
                double[] scores = Array.ConvertAll(nodes, node => RendezvousPolicy.Score(key, node));
                Assert.Equal(Array.IndexOf(scores, scores.Max()), RendezvousPolicy.Choose(key, nodes));
            });
        }
    }

    [Fact]
    public void No_candidate_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => RendezvousPolicy.Choose(1, []));
}
