namespace EvenKeel.Routing.Geography;

/// <summary>
/// How much of its load a group can take when part of it is not well, by the rule of Envoy: groups are assumed to be built for 1.4 times their
/// load, so that nothing moves away until less than 72 percent are healthy.
/// </summary>
public static class Overprovisioning
{
    /// <summary>What a group can take, in whole percent of its load.</summary>
    /// <param name="healthy">Members that are well.</param>
    /// <param name="total">All members; a group of none takes nothing.</param>
    public static int Availability(int healthy, int total)
        => total <= 0 ? 0 : (int)Math.Min(100, 140L * Math.Clamp(healthy, 0, total) / total);

    /// <summary>The shares of weighted groups: the weight of each times what it can take.</summary>
    /// <param name="weights">The weight of each group.</param>
    /// <param name="availability">What each can take, in percent.</param>
    /// <param name="shares">The shares, which add up to 1; all 0 when no group can take anything.</param>
    public static void Shares(ReadOnlySpan<int> weights, ReadOnlySpan<int> availability, Span<double> shares)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(availability.Length, weights.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(shares.Length, weights.Length);
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += shares[i] = (double)weights[i] * availability[i];
        }

        for (int i = 0; i < shares.Length && sum > 0; i++)
        {
            shares[i] /= sum;
        }
    }
}
