namespace EvenKeel.Routing.Balancing;

/// <summary>
/// The most requests that a candidate may have when keys are bound to candidates (Mirrokni, Thorup and Zadimoghaddam, "Consistent hashing with
/// bounded loads", 2016): its share of all requests times a factor, rounded up. A key whose candidate is full goes on to another.
/// </summary>
public static class BoundedLoad
{
    /// <summary>The bound.</summary>
    /// <param name="factor">Allowed load relative to an even one, above 1; usually 1.25.</param>
    /// <param name="total">Requests in flight at all candidates, the one to be placed included; at least 1.</param>
    /// <param name="weight">The candidate's weight.</param>
    /// <param name="weights">The sum of all weights, at least <paramref name="weight"/>.</param>
    /// <returns>The bound, at least 1. The bounds of all candidates add up to at least <paramref name="total"/>, so one always has room.</returns>
    public static int Cap(double factor, int total, int weight, long weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(weights, weight);
        return (int)Math.Min(int.MaxValue, Math.Ceiling(factor * total * weight / weights));
    }
}
