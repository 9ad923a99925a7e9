namespace EvenKeel.Routing.Hashing;

/// <summary>
/// Hash slots: a key has a fixed slot of 16,384, and a table says which candidate has the slot. Slots are given away one by one, so that a move
/// is exactly as large as it is wanted, at the price of an owner who decides it.
/// </summary>
public sealed class SlotTable
{
    /// <summary>The number of slots, that of Redis Cluster.</summary>
    public const int Slots = 16_384;

    private readonly ushort[] _owners = new ushort[Slots];

    /// <summary>Spreads the slots over candidates in runs that differ by one at most.</summary>
    /// <param name="candidates">1 to 16,384.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer or more candidates.</exception>
    public SlotTable(int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(candidates, Slots);
        for (int slot = 0; slot < Slots; slot++)
        {
            _owners[slot] = (ushort)((long)slot * candidates / Slots);
        }
    }

    /// <summary>The slot of a key.</summary>
    /// <param name="key">The key's hash.</param>
    public static int Slot(ulong key) => (int)(key & (Slots - 1));

    /// <summary>The owner of a key.</summary>
    public int Owner(ulong key) => _owners[key & (Slots - 1)];

    /// <summary>Gives a slot to a candidate.</summary>
    /// <param name="slot">0 to 16,383.</param>
    /// <param name="owner">The candidate.</param>
    public void Move(int slot, ushort owner) => _owners[slot] = owner;
}
