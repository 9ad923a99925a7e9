namespace EvenKeel.Routing.Balancing;

/// <summary>Chooses a candidate at random, each with the same chance. Weights come by a sequence that holds a candidate several times.</summary>
public static class RandomPolicy
{
    /// <summary>Chooses a position.</summary>
    /// <param name="count">The number of candidates, at least 1.</param>
    /// <param name="random">32 random bits.</param>
    /// <returns>A position from 0 to <paramref name="count"/> - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    public static int Choose(int count, uint random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Scale(random, (uint)count);
    }

    /// <summary>Maps 32 bits to 0 to count - 1 by a multiplication (Lemire, 2019); the bias is below count / 2^32.</summary>
    internal static int Scale(uint random, uint count) => (int)(((ulong)random * count) >> 32);
}
