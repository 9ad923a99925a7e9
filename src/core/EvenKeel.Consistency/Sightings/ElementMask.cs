using System.Numerics;
using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Sightings;

/// <summary>A mutable set of element numbers of fixed capacity, one bit each.</summary>
internal sealed class ElementMask(int capacity)
{
    private readonly ulong[] words = new ulong[(capacity + 63) >> 6];

    /// <summary>The words.</summary>
    public ReadOnlySpan<ulong> Words => words;

    /// <summary>Puts a number in.</summary>
    public void Add(int number) => words[number >> 6] |= 1UL << number;

    /// <summary>Takes a number out.</summary>
    public void Remove(int number) => words[number >> 6] &= ~(1UL << number);

    /// <summary>True when the number is in.</summary>
    public bool Contains(int number) => (words[number >> 6] & (1UL << number)) != 0;

    /// <summary>Puts all of a set in.</summary>
    public void Add(ElementSet set)
    {
        var blocks = set.Blocks;
        for (var b = 0; b < blocks.Length; b++)
        {
            var bits = blocks[b].Bits;
            var target = words.AsSpan(b * ElementBlock.Words);
            var length = Math.Min(bits.Length, target.Length);
            for (var i = 0; i < length; i++)
            {
                target[i] |= bits[i];
            }
        }
    }

    /// <summary>Takes everything out.</summary>
    public void Clear() => Array.Clear(words);

    /// <summary>The numbers in this mask that a set lacks, ascending.</summary>
    public IEnumerable<int> MissingFrom(ElementSet set)
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (var word = words[i] & ~set.Word(i); word != 0; word &= word - 1)
            {
                yield return (i << 6) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    /// <summary>True when a set lacks a number of this mask.</summary>
    public bool HasMissingFrom(ElementSet set)
    {
        var blocks = set.Blocks;
        for (var b = 0; b * ElementBlock.Words < words.Length; b++)
        {
            var mine = words.AsSpan(b * ElementBlock.Words, Math.Min(ElementBlock.Words, words.Length - (b * ElementBlock.Words)));
            var theirs = b < blocks.Length ? blocks[b].Bits : default;
            for (var i = 0; i < mine.Length; i++)
            {
                if ((mine[i] & ~(theirs.IsEmpty ? 0 : theirs[i])) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
