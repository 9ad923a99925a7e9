using System.Runtime.InteropServices;

namespace EvenKeel.Consistency.Histories;

/// <summary>
/// Numbers every element that a run has seen, from 0, and packs what each read showed into <see cref="ElementSet"/>s that share equal
/// blocks. Memory: about 150 bytes per distinct element, 170 bytes per distinct block of 512 elements, 8 bytes per block of each read; so
/// 50,000 reads of a set that grows to 50,000 elements take about 40 MB, where lists of references would take 10 GB. Not thread-safe while a run records.
/// </summary>
public sealed class ElementTable
{
    private readonly Dictionary<Element, int> _numbers = [];
    private readonly List<Element> _elements = [];
    private readonly Dictionary<ElementBlock, ElementBlock> _blocks = [];
    private ulong[] _scratch = new ulong[ElementBlock.Words];

    /// <summary>How many distinct elements were seen.</summary>
    public int Count => _elements.Count;

    /// <summary>The element with a number below <see cref="Count"/>.</summary>
    public Element this[int number] => _elements[number];

    /// <summary>The number of an element, a new one for an element not seen before.</summary>
    public int Intern(Element element)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, element, out var known);
        if (!known)
        {
            slot = _elements.Count;
            _elements.Add(element);
        }

        return slot;
    }

    /// <summary>Packs what one read showed. An element shown more than once is kept once and noted in <see cref="ElementSet.Repeated"/>.</summary>
    public ElementSet Observe(IEnumerable<Element> shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        List<int>? repeated = null;
        var used = 0;
        foreach (var element in shown)
        {
            var number = Intern(element);
            var word = number >> 6;
            Reserve(word + 1);
            used = Math.Max(used, word + 1);
            var bit = 1UL << number;
            if ((_scratch[word] & bit) != 0)
            {
                (repeated ??= []).Add(number);
            }

            _scratch[word] |= bit;
        }

        var packed = Share(used);
        _scratch.AsSpan(0, used).Clear();
        return new ElementSet(this, packed, repeated is null ? [] : [.. repeated]);
    }

    /// <summary>Packs bits of element numbers that need not be in this table; only blocks are shared.</summary>
    internal ElementSet Pack(ReadOnlySpan<ulong> words)
    {
        words = words[..(words.LastIndexOfAnyExcept(0UL) + 1)];
        Reserve(words.Length);
        words.CopyTo(_scratch);
        var packed = Share(words.Length);
        _scratch.AsSpan(0, words.Length).Clear();
        return new ElementSet(this, packed, []);
    }

    private void Reserve(int words)
    {
        if (words > _scratch.Length)
        {
            var blocksNeeded = (words + ElementBlock.Words - 1) / ElementBlock.Words;
            Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, blocksNeeded * ElementBlock.Words));
        }
    }

    private ElementBlock[] Share(int usedWords)
    {
        var packed = new ElementBlock[(usedWords + ElementBlock.Words - 1) / ElementBlock.Words];
        for (var i = 0; i < packed.Length; i++)
        {
            var block = new ElementBlock(_scratch.AsSpan(i * ElementBlock.Words, ElementBlock.Words));
            if (!_blocks.TryGetValue(block, out var shared))
            {
                _blocks.Add(block, block);
                shared = block;
            }

            packed[i] = shared;
        }

        return packed;
    }
}
