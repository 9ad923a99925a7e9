namespace EvenKeel.Proof.Workload;

/// <summary>A hash of two numbers and a label, for choices that a seed repeats: FNV-1a of the label, then the finaliser of SplitMix64.</summary>
internal static class Mixing
{
    /// <summary>64 bits that depend on all three.</summary>
    public static ulong Of(ulong seed, ulong number, string label)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in label)
        {
            hash = (hash ^ letter) * 0x100000001B3UL;
        }

        return Finish(Finish(seed + 0x9E3779B97F4A7C15UL) ^ Finish(number ^ hash));
    }

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
