namespace EvenKeel.State.Server.Keys;

/// <summary>
/// All keys of a state node. One thread uses it. Keys expire when they are met after their deadline, and by <see cref="RemoveExpired"/>.
/// Sizes are estimates: bytes plus a constant for what the runtime adds.
/// </summary>
internal sealed class Keyspace
{
    private const int EntryOverhead = 160;
    private const int FieldOverhead = 96;
    private readonly Dictionary<byte[], Entry> _entries = new(KeyComparer.Instance);
    private readonly Dictionary<byte[], Entry>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private readonly KeyOrder _order = new();
    private readonly ExpiryQueue _expiry = new();
    private readonly TimeProvider _time;
    private readonly long _start;

    public Keyspace(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _byBytes = _entries.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Milliseconds since the keyspace was made.</summary>
    public long Now => (long)_time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Keys, including those that are past their deadline and not met yet.</summary>
    public int Count => _entries.Count;

    /// <summary>Keys with a deadline.</summary>
    public int ExpiringCount { get; private set; }

    /// <summary>Keys that expired so far.</summary>
    public long ExpiredTotal { get; private set; }

    /// <summary>Estimated bytes of all keys.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>The entry of a key, or null.</summary>
    public Entry? Find(ReadOnlySpan<byte> key)
    {
        if (!_byBytes.TryGetValue(key, out Entry? entry))
        {
            return null;
        }

        if (entry.Deadline > Now)
        {
            return entry;
        }

        ExpiredTotal++;
        Remove(entry);
        return null;
    }

    /// <summary>Stores a string, whatever was there.</summary>
    public Entry SetText(ReadOnlySpan<byte> key, byte[] value, bool keepDeadline)
    {
        Entry entry = Find(key) ?? Add(key);
        if (!keepDeadline)
        {
            SetDeadline(entry, Entry.Never);
        }

        entry.Hash = null;
        entry.Text = value;
        Resize(entry, EntryOverhead + entry.Key.Length + value.Length);
        return entry;
    }

    /// <summary>Stores a field of the hash at a key, which is made if need be. The key holds no string.</summary>
    /// <returns>True when the field is new.</returns>
    public bool SetField(ReadOnlySpan<byte> key, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        Entry entry = Find(key) ?? Add(key);
        entry.Hash ??= new Dictionary<byte[], byte[]>(KeyComparer.Instance);
        Dictionary<byte[], byte[]>.AlternateLookup<ReadOnlySpan<byte>> fields = entry.Hash.GetAlternateLookup<ReadOnlySpan<byte>>();
        bool exists = fields.TryGetValue(field, out byte[]? before);
        fields[field] = value.ToArray();
        Resize(entry, entry.Bytes + value.Length - (exists ? before!.Length : -(FieldOverhead + field.Length)));
        return !exists;
    }

    /// <summary>Removes a field; a hash without fields is removed as well.</summary>
    public bool RemoveField(Entry entry, ReadOnlySpan<byte> field)
    {
        if (!entry.Hash!.GetAlternateLookup<ReadOnlySpan<byte>>().Remove(field, out byte[]? name, out byte[]? value))
        {
            return false;
        }

        Resize(entry, entry.Bytes - FieldOverhead - name.Length - value.Length);
        if (entry.Hash.Count == 0)
        {
            Remove(entry);
        }

        return true;
    }

    /// <summary>Sets the time at which a key is gone, in milliseconds of <see cref="Now"/>.</summary>
    public void SetDeadline(Entry entry, long deadline)
    {
        if (entry.Deadline == deadline)
        {
            return;
        }

        ExpiringCount += (deadline == Entry.Never ? 0 : 1) - (entry.Deadline == Entry.Never ? 0 : 1);
        entry.Deadline = deadline;
        if (deadline != Entry.Never)
        {
            _expiry.Add(entry, ExpiringCount);
        }
    }

    /// <summary>Removes a key.</summary>
    public void Remove(Entry entry)
    {
        SetDeadline(entry, Entry.Never);
        _entries.Remove(entry.Key);
        _order.Remove(entry);
        UsedBytes -= entry.Bytes;
        entry.Removed = true;
    }

    /// <summary>Removes all keys.</summary>
    public void Clear()
    {
        _entries.Clear();
        _order.Clear();
        _expiry.Clear();
        ExpiringCount = 0;
        UsedBytes = 0;
    }

    /// <summary>Removes at most <paramref name="most"/> keys that are past their deadline.</summary>
    /// <returns>True when there may be more of them.</returns>
    public bool RemoveExpired(int most)
    {
        long now = Now;
        for (int i = 0; i < most; i++)
        {
            if (_expiry.TakeDue(now) is not { } entry)
            {
                return false;
            }

            ExpiredTotal++;
            Remove(entry);
        }

        return true;
    }

    /// <summary>
    /// Visits some keys from a position on. A key that exists from the first to the last call of a walk is visited exactly once.
    /// </summary>
    /// <returns>Where to go on, or 0 at the end.</returns>
    public int Walk(int from, int count, List<Entry> into)
    {
        long now = Now;
        return _order.Walk(from, count, into, entry => entry.Deadline > now);
    }

    private Entry Add(ReadOnlySpan<byte> key)
    {
        Entry entry = _order.Add(key.ToArray());
        _entries.Add(entry.Key, entry);
        Resize(entry, EntryOverhead + entry.Key.Length);
        return entry;
    }

    private void Resize(Entry entry, long bytes)
    {
        UsedBytes += bytes - entry.Bytes;
        entry.Bytes = bytes;
    }
}
