namespace EvenKeel.Routing.Hashing;

/// <summary>
/// Rendezvous hashing (Thaler and Ravishankar, 1998): each candidate draws a number from the key and its own name, the highest wins. Weights as
/// Schindelhauer and Schomaker (2005) do it: -weight / ln(number in 0 to 1). No table and an exact spread, but every choice looks at all.
/// </summary>
public static class RendezvousPolicy
{
    /// <summary>Chooses for a key.</summary>
    /// <param name="key">The key's hash.</param>
    /// <param name="nodes">The candidates, at least 1.</param>
    /// <returns>The position of the candidate with the highest score.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate.</exception>
    public static int Choose(ulong key, ReadOnlySpan<HashNode> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(nodes.Length, nameof(nodes));
        int best = 0;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < nodes.Length; i++)
        {
            double score = Score(key, nodes[i]);
            if (score > highest)
            {
                (best, highest) = (i, score);
            }
        }

        return best;
    }

    /// <summary>What a candidate draws for a key.</summary>
    public static double Score(ulong key, in HashNode node)
    {
        // 53 bits between 0 and 1, both excluded.
        double drawn = ((KeyHash.Mix(key ^ node.Hash) >> 11) + 0.5) * (1.0 / (1UL << 53));
        return -node.Weight / Math.Log(drawn);
    }
}
