using EvenKeel.Routing.Balancing;

namespace EvenKeel.Routing.Tests.Balancing;

public sealed class SmoothWeightedSequenceTests
{
    [Theory]
    [InlineData(new[] { 5, 1, 1 }, "aabacaa")]
    [InlineData(new[] { 1, 1, 1 }, "abc")]
    [InlineData(new[] { 4, 2 }, "aba")]
    [InlineData(new[] { 1000 }, "a")]
    [InlineData(new int[0], "")]
    public void The_order_is_smooth(int[] weights, string expected)
        => Assert.Equal(expected, string.Concat(SmoothWeightedSequence.Create(weights).Select(position => (char)('a' + position))));

    [Fact]
    public void Many_candidates_of_great_weights_get_exact_shares_too()
    {
        int[] weights = [.. Enumerable.Range(0, 500).Select(i => (i % 97) + 1)];
        int[] sequence = SmoothWeightedSequence.Create(weights);
        Assert.True((long)sequence.Length * weights.Length > SmoothWeightedSequence.MaxSimulated);
        int[] counts = new int[weights.Length];
        foreach (int position in sequence)
        {
            counts[position]++;
        }

        Assert.Equal(weights, counts);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_weight_out_of_range_is_an_error(int weight)
        => Assert.Throws<ArgumentOutOfRangeException>(() => SmoothWeightedSequence.Create([1, weight]));
}
