using System.Numerics;

namespace EvenKeel.Consistency.Histories;

/// <summary>512 consecutive element numbers as bits. Equal blocks of one table are one object, so reads that agree share it.</summary>
internal sealed class ElementBlock : IEquatable<ElementBlock>
{
    /// <summary>64-bit words per block.</summary>
    public const int Words = 8;

    /// <summary>Element numbers per block.</summary>
    public const int Capacity = Words * 64;

    /// <summary>The block without any element.</summary>
    public static readonly ElementBlock Empty = new(new ulong[Words]);

    private readonly ulong[] words;
    private readonly int hash;

    /// <summary>Copies <see cref="Words"/> words.</summary>
    public ElementBlock(ReadOnlySpan<ulong> source)
    {
        words = source[..Words].ToArray();
        hash = HashCode.Combine(words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]);
        foreach (var word in words)
        {
            Count += BitOperations.PopCount(word);
        }
    }

    /// <summary>How many elements it holds.</summary>
    public int Count { get; }

    /// <summary>The bits.</summary>
    public ReadOnlySpan<ulong> Bits => words;

    /// <inheritdoc/>
    public bool Equals(ElementBlock? other) => other is not null && words.AsSpan().SequenceEqual(other.words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ElementBlock);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
