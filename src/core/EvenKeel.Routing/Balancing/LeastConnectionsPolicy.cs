namespace EvenKeel.Routing.Balancing;

/// <summary>
/// Chooses the candidate with the fewest requests in flight. Equals are chosen in turn: always taking the first would send all traffic of an
/// idle service to one instance.
/// </summary>
public static class LeastConnectionsPolicy
{
    /// <summary>Chooses a position.</summary>
    /// <param name="inFlight">The requests in flight of each candidate; at least one.</param>
    /// <param name="turn">How many choices were made before; may wrap around.</param>
    /// <returns>The position of a candidate than which none has fewer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    public static int Choose(ReadOnlySpan<int> inFlight, uint turn)
    {
        ArgumentOutOfRangeException.ThrowIfZero(inFlight.Length, nameof(inFlight));

        // 1. The fewest in flight, and how many candidates have so few.
        int fewest = int.MaxValue;
        int equals = 0;
        foreach (int count in inFlight)
        {
            if (count < fewest)
            {
                fewest = count;
                equals = 1;
            }
            else if (count == fewest)
            {
                equals++;
            }
        }

        // 2. Of those the one whose turn it is.
        int skip = (int)(turn % (uint)equals);
        for (int i = 0; ; i++)
        {
            if (inFlight[i] == fewest && skip-- == 0)
            {
                return i;
            }
        }
    }

    /// <summary>Chooses the position with the fewest requests in flight for its weight; equals in turn.</summary>
    /// <param name="inFlight">The requests in flight of each candidate; at least one.</param>
    /// <param name="weights">The weight of each, at least 1.</param>
    /// <param name="turn">How many choices were made before; may wrap around.</param>
    /// <returns>The position of a candidate than which none has fewer for its weight.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate, or not one weight for each.</exception>
    public static int Choose(ReadOnlySpan<int> inFlight, ReadOnlySpan<int> weights, uint turn)
    {
        ArgumentOutOfRangeException.ThrowIfZero(inFlight.Length, nameof(inFlight));
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, inFlight.Length, nameof(weights));

        // Beginning at another candidate each time gives equals their turn without counting them first.
        int best = (int)(turn % (uint)inFlight.Length);
        for (int step = 1, i = best; step < inFlight.Length; step++)
        {
            i = i + 1 == inFlight.Length ? 0 : i + 1;
            best = (long)inFlight[i] * weights[best] < (long)inFlight[best] * weights[i] ? i : best;
        }

        return best;
    }
}
