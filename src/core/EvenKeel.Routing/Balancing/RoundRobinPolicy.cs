namespace EvenKeel.Routing.Balancing;

/// <summary>
/// Chooses candidates in turn. The counter belongs to the caller, who advances it once per choice, so that loops that share one choose in one
/// common turn.
/// </summary>
public static class RoundRobinPolicy
{
    /// <summary>Chooses the position that is next in turn.</summary>
    /// <param name="count">The number of candidates, at least 1.</param>
    /// <param name="turn">How many choices were made before; may wrap around.</param>
    /// <returns>A position from 0 to <paramref name="count"/> - 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    public static int Choose(int count, uint turn)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)(turn % (uint)count);
    }
}
