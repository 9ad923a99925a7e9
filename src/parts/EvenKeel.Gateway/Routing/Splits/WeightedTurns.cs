namespace EvenKeel.Gateway.Routing.Splits;

/// <summary>
/// The order in which targets take turns so that over any run of as many turns as the weights add up to, each has exactly its weight, and
/// within it the turns of each lie apart (smooth weighted round robin: each target gains its weight, the richest pays the sum).
/// </summary>
internal static class WeightedTurns
{
    /// <summary>One whole round of turns, as positions of targets.</summary>
    /// <param name="weights">At most 256 weights of at least 0, one of them above 0.</param>
    public static byte[] Plan(IReadOnlyList<int> weights)
    {
        var divisor = weights.Aggregate(Divisor);
        var shares = weights.Select(weight => weight / divisor).ToArray();
        var turns = new byte[shares.Sum()];
        var wealth = new int[shares.Length];
        for (var turn = 0; turn < turns.Length; turn++)
        {
            var richest = 0;
            for (var i = 0; i < wealth.Length; i++)
            {
                wealth[i] += shares[i];
                richest = wealth[i] > wealth[richest] ? i : richest;
            }

            wealth[richest] -= turns.Length;
            turns[turn] = (byte)richest;
        }

        return turns;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
