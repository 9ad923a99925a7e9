namespace EvenKeel.Gateway.Routing;

/// <summary>
/// An unchanging table from byte strings to values, by open addressing. Its hash is computed a byte at a time, so that the hashes of all
/// beginnings of a text cost one pass over it.
/// </summary>
/// <typeparam name="T">What is found.</typeparam>
internal sealed class ByteTable<T>
    where T : class
{
    /// <summary>The hash of nothing.</summary>
    public const uint Empty = 2166136261;

    private readonly (uint Hash, byte[] Key, T? Value)[] _slots;
    private readonly uint _mask;

    /// <summary>Makes the table.</summary>
    public ByteTable(IReadOnlyCollection<KeyValuePair<byte[], T>> entries)
    {
        Count = entries.Count;
        _slots = new (uint, byte[], T?)[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(entries.Count * 2) | 1)];
        _mask = (uint)_slots.Length - 1;
        foreach (var (key, value) in entries)
        {
            var hash = Empty;
            foreach (var one in key)
            {
                hash = Next(hash, one);
            }

            var slot = Slot(hash);
            while (_slots[slot].Value is not null)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = (hash, key, value);
        }
    }

    /// <summary>How many entries there are.</summary>
    public int Count { get; }

    /// <summary>The hash of a text that is one byte longer (FNV-1a).</summary>
    public static uint Next(uint hash, byte value) => (hash ^ value) * 16777619;

    /// <summary>The value of a key with this hash, or null.</summary>
    public T? Find(ReadOnlySpan<byte> key, uint hash)
    {
        for (var slot = Slot(hash); _slots[slot].Value is { } value; slot = (slot + 1) & _mask)
        {
            if (_slots[slot].Hash == hash && key.SequenceEqual(_slots[slot].Key))
            {
                return value;
            }
        }

        return null;
    }

    private uint Slot(uint hash) => (hash ^ (hash >> 15)) & _mask;
}
