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

    private readonly ulong[] _words;
    private readonly int _hash;

    /// <summary>Copies <see cref="Words"/> words.</summary>
    public ElementBlock(ReadOnlySpan<ulong> source)
    {
        _words = source[..Words].ToArray();
        _hash = HashCode.Combine(_words[0], _words[1], _words[2], _words[3], _words[4], _words[5], _words[6], _words[7]);
        foreach (var word in _words)
        {
            Count += BitOperations.PopCount(word);
        }
    }

    /// <summary>How many elements it holds.</summary>
    public int Count { get; }

    /// <summary>The bits.</summary>
    public ReadOnlySpan<ulong> Bits => _words;

    /// <inheritdoc/>
    public bool Equals(ElementBlock? other) => other is not null && _words.AsSpan().SequenceEqual(other._words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ElementBlock);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
