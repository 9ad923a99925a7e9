using System.Collections;
using System.Numerics;

namespace EvenKeel.Consistency.Histories;

/// <summary>What one read showed: an immutable set of elements of one <see cref="ElementTable"/>, without their order.</summary>
public sealed class ElementSet : IReadOnlyCollection<Element>
{
    private readonly ElementTable _table;
    private readonly ElementBlock[] _blocks;

    internal ElementSet(ElementTable table, ElementBlock[] blocks, int[] repeated)
    {
        _table = table;
        _blocks = blocks;
        Repeated = repeated;
        Count = blocks.Sum(static block => block.Count);
    }

    /// <summary>How many distinct elements were shown.</summary>
    public int Count { get; }

    /// <summary>The numbers of the elements that the reply showed more than once, one entry for each extra time.</summary>
    public IReadOnlyList<int> Repeated { get; }

    /// <summary>The numbers of the elements in the table, ascending.</summary>
    public IEnumerable<int> Numbers
    {
        get
        {
            for (var i = 0; i < WordCount; i++)
            {
                for (var word = Word(i); word != 0; word &= word - 1)
                {
                    yield return (i << 6) + BitOperations.TrailingZeroCount(word);
                }
            }
        }
    }

    /// <summary>The words that hold bits; words beyond are zero.</summary>
    internal int WordCount => _blocks.Length * ElementBlock.Words;

    /// <summary>The blocks, each shared with every set that has an equal one.</summary>
    internal ReadOnlySpan<ElementBlock> Blocks => _blocks;

    /// <summary>True when the element with this number was shown.</summary>
    public bool Contains(int number) => (Word(number >> 6) & (1UL << number)) != 0;

    /// <inheritdoc/>
    public IEnumerator<Element> GetEnumerator() => Numbers.Select(number => _table[number]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The word with this index, zero beyond the last.</summary>
    internal ulong Word(int index) =>
        index < WordCount ? _blocks[index / ElementBlock.Words].Bits[index % ElementBlock.Words] : 0;
}
