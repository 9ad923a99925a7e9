namespace EvenKeel.Routing.Balancing;

/// <summary>
/// The power of two choices (Mitzenmacher, 2001): of two different candidates drawn at random the less loaded one. It looks at two whatever
/// their number, and loops that decide at the same moment do not all run to the same idle one, as they do when each takes the least loaded.
/// </summary>
public static class PowerOfTwoPolicy
{
    /// <summary>Draws two different positions. With one candidate both are 0.</summary>
    /// <param name="count">The number of candidates, at least 1.</param>
    /// <param name="random">64 random bits.</param>
    /// <returns>Two positions from 0 to <paramref name="count"/> - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    public static (int First, int Second) Draw(int count, ulong random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int first = RandomPolicy.Scale((uint)random, (uint)count);
        if (count == 1)
        {
            return (0, 0);
        }

        // The second is drawn from the others: those from the first on are one further.
        int second = RandomPolicy.Scale((uint)(random >> 32), (uint)count - 1);
        return (first, second >= first ? second + 1 : second);
    }

    /// <summary>
    /// True when the second is to be taken: it has fewer requests for its weight; or as many, and weights say so at random; or both are equal in
    /// all and it was chosen longer ago. Without the last rule an idle service would be served at random, and some instances in bursts.
    /// </summary>
    /// <param name="first">The first drawn.</param>
    /// <param name="second">The second drawn.</param>
    /// <param name="random">32 random bits, independent of those of the draw.</param>
    public static bool PrefersSecond(in LoadOfCandidate first, in LoadOfCandidate second, uint random)
    {
        // Load by weight, compared without a division.
        long a = (long)first.InFlight * second.Weight;
        long b = (long)second.InFlight * first.Weight;
        if (a != b)
        {
            return b < a;
        }

        return first.Weight == second.Weight
            ? unchecked((int)(second.LastTurn - first.LastTurn)) < 0
            : RandomPolicy.Scale(random, (uint)(first.Weight + second.Weight)) >= first.Weight;
    }
}
