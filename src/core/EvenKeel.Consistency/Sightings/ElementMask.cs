using System.Numerics;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Sightings;

/// <summary>
/// A mutable set of element numbers of fixed capacity, one bit each. Sets that it meets share their equal blocks, so it remembers for each of its own
/// blocks which shared one lies within it and which one covers it: meeting the same block again costs one comparison of references.
/// </summary>
internal sealed class ElementMask
{
    private readonly ulong[] _words;
    private readonly ElementBlock?[] _within;
    private readonly ElementBlock?[] _covering;

    /// <summary>An empty mask for numbers below a capacity.</summary>
    public ElementMask(int capacity)
    {
        var blocks = (capacity + ElementBlock.Capacity - 1) / ElementBlock.Capacity;
        _words = new ulong[blocks * ElementBlock.Words];
        _within = new ElementBlock?[blocks];
        _covering = new ElementBlock?[blocks];
    }

    /// <summary>The words.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Puts a number in.</summary>
    public void Add(int number)
    {
        _words[number >> 6] |= 1UL << number;
        _covering[number / ElementBlock.Capacity] = null;
    }

    /// <summary>Takes a number out.</summary>
    public void Remove(int number)
    {
        _words[number >> 6] &= ~(1UL << number);
        _within[number / ElementBlock.Capacity] = null;
    }

    /// <summary>True when the number is in.</summary>
    public bool Contains(int number) => (_words[number >> 6] & (1UL << number)) != 0;

    /// <summary>Puts all of a set in, and tells each number that was not in before.</summary>
    public void Add(ElementSet set, Action<int>? fresh = null)
    {
        var blocks = set.Blocks;
        for (var b = 0; b < blocks.Length; b++)
        {
            if (!ReferenceEquals(_within[b], blocks[b]))
            {
                AddBlock(b, blocks[b], fresh);
            }
        }
    }

    /// <summary>Takes everything out.</summary>
    public void Clear()
    {
        Array.Clear(_words);
        Array.Clear(_within);
        Array.Clear(_covering);
    }

    /// <summary>The numbers in this mask that a set lacks, ascending.</summary>
    public IEnumerable<int> MissingFrom(ElementSet set)
    {
        for (var i = 0; i < _words.Length; i++)
        {
            for (var word = _words[i] & ~set.Word(i); word != 0; word &= word - 1)
            {
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    /// <summary>True when a set lacks a number of this mask.</summary>
    public bool HasMissingFrom(ElementSet set)
    {
        var blocks = set.Blocks;
        for (var b = 0; b < _within.Length; b++)
        {
            var block = b < blocks.Length ? blocks[b] : ElementBlock.Empty;
            if (ReferenceEquals(_covering[b], block))
            {
                continue;
            }

            var mine = _words.AsSpan(b * ElementBlock.Words, ElementBlock.Words);
            var theirs = block.Bits;
            for (var i = 0; i < mine.Length; i++)
            {
                if ((mine[i] & ~theirs[i]) != 0)
                {
                    return true;
                }
            }

            _covering[b] = block;
        }

        return false;
    }

    private void AddBlock(int index, ElementBlock block, Action<int>? fresh)
    {
        var mine = _words.AsSpan(index * ElementBlock.Words, ElementBlock.Words);
        var theirs = block.Bits;
        for (var i = 0; i < mine.Length; i++)
        {
            var added = theirs[i] & ~mine[i];
            if (added == 0)
            {
                continue;
            }

            mine[i] |= added;
            _covering[index] = null;
            for (; added != 0 && fresh is not null; added &= added - 1)
            {
                fresh((index * ElementBlock.Capacity) + (i << 6) + BitOperations.TrailingZeroCount(added));
            }
        }

        _within[index] = block;
    }
}
