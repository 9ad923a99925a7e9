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
            best = TryBeat(key, in nodes[i], ref highest) ? i : best;
        }

        return best;
    }

    /// <summary>What a candidate draws for a key.</summary>
    public static double Score(ulong key, in HashNode node) => -node.Weight / Math.Log(Draw(key, in node));

    /// <summary>Compares what a candidate draws for a key with the highest score so far.</summary>
    /// <param name="key">The key's hash.</param>
    /// <param name="node">The candidate.</param>
    /// <param name="highest">The highest score, at least 0 or negative infinity; raised when the candidate's is higher.</param>
    /// <returns>True when it is higher.</returns>
    public static bool TryBeat(ulong key, in HashNode node, ref double highest)
    {
        // -ln(x) is at least 1 - x, so that weight / (1 - x) is at least the score. Of n candidates about ln(n) get as far as the logarithm. The
        // margin is a thousand times what rounding can do.
        double drawn = Draw(key, in node);
        if (node.Weight < highest * (1 - drawn) * (1 - 1e-12))
        {
            return false;
        }

        double score = -node.Weight / Math.Log(drawn);
        if (score > highest)
        {
            highest = score;
            return true;
        }

        return false;
    }

    // 53 bits between 0 and 1, both excluded. Signed, for which processors have an instruction to convert it.
    private static double Draw(ulong key, in HashNode node) => ((long)(KeyHash.Mix(key ^ node.Hash) >> 11) + 0.5) * (1.0 / (1UL << 53));
}
