using System.Runtime.Versioning;

namespace EvenKeel.Fuzzing;

/// <summary>A parser under random input, with what must hold of whatever it makes of it.</summary>
/// <param name="name">The folder of its corpus.</param>
[SupportedOSPlatform("linux")]
internal abstract class FuzzTarget(string name) : IDisposable
{
    /// <summary>The most bytes of one input.</summary>
    public const int MaxInput = 32 * 1024;

    public string Name => name;

    /// <summary>Well-formed and malformed inputs to begin with.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Bytes that mean something to the parser.</summary>
    public abstract byte[] Spice { get; }

    /// <summary>Memory for what the parser reads, up to its last readable byte.</summary>
    protected GuardedBuffer Memory { get; } = new(MaxInput);

    /// <summary>Parses, and throws when something does not hold.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="random">Where to cut them; must not change the outcome.</param>
    /// <returns>What came of it, in a few words; begins with <c>Complete</c> when the input was accepted.</returns>
    public abstract string Run(byte[] input, Random random);

    public void Dispose() => Memory.Dispose();

    /// <summary>Calls with each part of some bytes, cut at random.</summary>
    protected static IEnumerable<Range> Parts(int length, Random random)
    {
        for (int start = 0; start < length;)
        {
            int part = random.Next(1, random.Next(2) == 0 ? 8 : length + 1);
            int end = Math.Min(length, start + part);
            yield return start..end;
            start = end;
        }
    }
}
