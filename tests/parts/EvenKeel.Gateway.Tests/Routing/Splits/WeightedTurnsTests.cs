using EvenKeel.Gateway.Routing.Splits;

namespace EvenKeel.Gateway.Tests.Routing.Splits;

public sealed class WeightedTurnsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1, 1)]
    [InlineData(95, 5)]
    [InlineData(1000, 1)]
    [InlineData(0, 3, 0, 7)]
    [InlineData(13, 7, 5, 3, 1)]
    public void Every_window_of_one_round_is_exact_and_each_beginning_is_within_one_turn(params int[] weights)
    {
        var turns = WeightedTurns.Plan(weights);
        var sum = weights.Sum();
        var rounds = turns.Concat(turns).ToArray();

        for (var start = 0; start < turns.Length; start++)
        {
            var window = rounds.AsSpan(start, turns.Length).ToArray();
            Assert.All(weights, (weight, target) => Assert.Equal((long)weight * turns.Length, (long)window.Count(turn => turn == target) * sum));
        }

        for (var length = 1; length <= turns.Length; length++)
        {
            Assert.All(weights, (weight, target) =>
                Assert.InRange(turns.Take(length).Count(turn => turn == target) - ((double)weight * length / sum), -weights.Length, weights.Length));
        }
    }

    [Fact]
    public void A_common_divisor_shortens_the_round() => Assert.Equal(20, WeightedTurns.Plan([950, 50]).Length);
}
