namespace EvenKeel.Routing.Hashing;

/// <summary>
/// Maglev hashing (Eisenbud and others, NSDI 2016): candidates take turns to fill a table of prime size, each in an order of its own. A look-up
/// is one read and shares differ by less than a hundredth, for which a few keys more than necessary move when a candidate leaves. Made anew only
/// when candidates come and go: for one that is not well <see cref="OwnerOf"/> goes forward, so that all other keys stay where they are.
/// </summary>
public sealed class MaglevTable
{
    /// <summary>The usual size.</summary>
    public const int SmallSize = 65_537;

    /// <summary>The size for many candidates.</summary>
    public const int LargeSize = 655_373;

    /// <summary>The most candidates: each has ten slots on average.</summary>
    public const int MaxNodes = LargeSize / 10;

    private readonly int[] _owners;

    /// <summary>Fills a table.</summary>
    /// <param name="nodes">The candidates, 1 to <see cref="MaxNodes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no candidate, or too many.</exception>
    public MaglevTable(ReadOnlySpan<HashNode> nodes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(nodes.Length, nameof(nodes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(nodes.Length, MaxNodes, nameof(nodes));
        int size = nodes.Length * 100 <= SmallSize ? SmallSize : LargeSize;
        _owners = new int[size];
        Array.Fill(_owners, -1);

        // 1. Each candidate's order of slots is an arithmetic sequence; the size is prime, so that it meets every slot.
        var next = new long[nodes.Length];
        var skip = new long[nodes.Length];
        int heaviest = 1;
        for (int i = 0; i < nodes.Length; i++)
        {
            next[i] = (long)(KeyHash.Mix(nodes[i].Hash) % (ulong)size);
            skip[i] = (long)(KeyHash.Mix(nodes[i].Hash ^ ulong.MaxValue) % (ulong)(size - 1)) + 1;
            heaviest = Math.Max(heaviest, nodes[i].Weight);
        }

        // 2. Rounds: each candidate takes its next free slot, the heaviest in each round, one of half its weight in every second.
        var credit = new long[nodes.Length];
        for (int filled = 0; ;)
        {
            for (int i = 0; i < nodes.Length; i++)
            {
                credit[i] += nodes[i].Weight;
                if (credit[i] < heaviest)
                {
                    continue;
                }

                credit[i] -= heaviest;
                while (_owners[next[i]] >= 0)
                {
                    next[i] = (next[i] + skip[i]) % size;
                }

                _owners[next[i]] = i;
                if (++filled == size)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The number of slots.</summary>
    public int Size => _owners.Length;

    /// <summary>The slot of a key.</summary>
    /// <param name="key">The key's hash.</param>
    public int Slot(ulong key) => (int)(((key >> 32) * (ulong)_owners.Length) >> 32);

    /// <summary>The owner of a slot.</summary>
    /// <param name="slot">A number from <see cref="Slot"/>, or any greater one: they go round.</param>
    public int OwnerOf(int slot) => _owners[(uint)slot % (uint)_owners.Length];

    /// <summary>The owner of a key.</summary>
    public int Owner(ulong key) => _owners[Slot(key)];
}
