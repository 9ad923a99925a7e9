using System.Runtime.InteropServices;

namespace EvenKeel.Consistency.Histories;

/// <summary>512 consecutive element numbers as bits. Equal blocks of one table are one object, so reads that agree share it.</summary>
internal sealed class ElementBlock : IEquatable<ElementBlock>
{
    /// <summary>64-bit words per block.</summary>
    public const int Words = 8;

    private readonly ulong[] words;
    private readonly int hash;

    /// <summary>Copies <see cref="Words"/> words.</summary>
    public ElementBlock(ReadOnlySpan<ulong> source)
    {
        words = source[..Words].ToArray();
        var code = default(HashCode);
        code.AddBytes(MemoryMarshal.AsBytes(source[..Words]));
        hash = code.ToHashCode();
    }

    /// <summary>The bits.</summary>
    public ReadOnlySpan<ulong> Bits => words;

    /// <inheritdoc/>
    public bool Equals(ElementBlock? other) => other is not null && words.AsSpan().SequenceEqual(other.words);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ElementBlock);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;
}
