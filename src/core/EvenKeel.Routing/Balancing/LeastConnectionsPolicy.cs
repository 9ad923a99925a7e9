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
}
