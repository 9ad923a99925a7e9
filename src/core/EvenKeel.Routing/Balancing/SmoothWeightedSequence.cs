namespace EvenKeel.Routing.Balancing;

/// <summary>
/// Weighted round robin as a sequence that is made once and then read in turn, so that a choice costs the same whatever the number of
/// candidates. The order is that of smooth weighted round robin as nginx does it: each candidate's credit grows by its weight in every step,
/// the largest credit is chosen and pays the sum of all weights. Weights 5, 1, 1 give a a b a c a a: nobody waits for a burst of another.
/// </summary>
public static class SmoothWeightedSequence
{
    /// <summary>Steps times candidates up to which the credits are simulated; the work is quadratic.</summary>
    internal const long MaxSimulated = 4_000_000;

    /// <summary>Makes the sequence: each position occurs as often as its weight, divided by what divides all weights.</summary>
    /// <param name="weights">The weight of each candidate, 1 to 1,000.</param>
    /// <returns>Positions of candidates; empty when there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is out of range.</exception>
    public static int[] Create(ReadOnlySpan<int> weights)
    {
        // 1. Weights without their common divisor: 4, 2 is the same as 2, 1.
        int divisor = 0;
        foreach (int weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1, nameof(weights));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, 1000, nameof(weights));
            divisor = (int)Gcd((uint)divisor, (uint)weight);
        }

        var shares = new int[weights.Length];
        int total = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            total += shares[i] = weights[i] / divisor;
        }

        // 2. Credits where they are affordable, else an even spacing that serves the same shares.
        return (long)total * shares.Length <= MaxSimulated ? Simulate(shares, total) : Space(shares, total);
    }

    private static int[] Simulate(int[] shares, int total)
    {
        var sequence = new int[total];
        var credits = new int[shares.Length];
        for (int step = 0; step < total; step++)
        {
            int best = 0;
            for (int i = 0; i < shares.Length; i++)
            {
                credits[i] += shares[i];
                best = credits[i] > credits[best] ? i : best;
            }

            credits[best] -= total;
            sequence[step] = best;
        }

        return sequence;
    }

    // The k-th turn of a candidate with share w is due at (k + 1/2) / w of the round.
    private static int[] Space(int[] shares, int total)
    {
        var sequence = new int[total];
        var due = new double[total];
        int next = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            for (int turn = 0; turn < shares[i]; turn++)
            {
                sequence[next] = i;
                due[next++] = (turn + 0.5) / shares[i];
            }
        }

        Array.Sort(due, sequence);
        return sequence;
    }

    private static uint Gcd(uint a, uint b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
