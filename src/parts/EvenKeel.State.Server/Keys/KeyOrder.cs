namespace EvenKeel.State.Server.Keys;

/// <summary>
/// Gives every key a place that it keeps for its life, so that a walk over the places misses no key and repeats none, however many come and
/// go meanwhile. Places of removed keys are given to later ones.
/// </summary>
internal sealed class KeyOrder
{
    private readonly List<Entry?> _places = [];
    private readonly Stack<int> _free = new();

    /// <summary>Makes an entry in a free place.</summary>
    public Entry Add(byte[] key)
    {
        if (_free.TryPop(out int place))
        {
            return _places[place] = new Entry(key, place);
        }

        var entry = new Entry(key, _places.Count);
        _places.Add(entry);
        return entry;
    }

    /// <summary>Frees an entry's place.</summary>
    public void Remove(Entry entry)
    {
        _places[entry.Place] = null;
        _free.Push(entry.Place);
    }

    /// <summary>Frees all places.</summary>
    public void Clear()
    {
        _places.Clear();
        _free.Clear();
    }

    /// <summary>Looks at <paramref name="count"/> places and collects what fits.</summary>
    /// <returns>The next place, or 0 at the end.</returns>
    public int Walk(int from, int count, List<Entry> into, Predicate<Entry> fits)
    {
        int end = (int)Math.Min(_places.Count, (long)from + count);
        for (int place = from; place < end; place++)
        {
            if (_places[place] is { } entry && fits(entry))
            {
                into.Add(entry);
            }
        }

        return end >= _places.Count ? 0 : end;
    }
}
