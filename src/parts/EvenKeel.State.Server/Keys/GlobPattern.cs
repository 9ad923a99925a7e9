namespace EvenKeel.State.Server.Keys;

/// <summary>
/// Patterns of KEYS and SCAN: * any bytes, ? one byte, [abc] [a-c] [^abc] one of a set, \ takes the next byte as it is. Time is at most the
/// product of both lengths: after a mismatch only the last star is tried further.
/// </summary>
internal static class GlobPattern
{
    /// <summary>True when the whole text matches.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0, t = 0, afterStar = -1, retry = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                afterStar = ++p;
                retry = t;
            }
            else if (p < pattern.Length && MatchesOne(pattern, ref p, text[t]))
            {
                t++;
            }
            else if (afterStar >= 0)
            {
                p = afterStar;
                t = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    /// <summary>Matches one byte with the element at <paramref name="p"/> and moves behind the element.</summary>
    private static bool MatchesOne(ReadOnlySpan<byte> pattern, ref int p, byte value)
    {
        switch ((char)pattern[p])
        {
            case '?':
                p++;
                return true;
            case '[':
                return MatchesSet(pattern, ref p, value);
            case '\\' when p + 1 < pattern.Length:
                p += 2;
                return pattern[p - 1] == value;
            default:
                return pattern[p++] == value;
        }
    }

    /// <summary>A set that is not closed reaches to the end of the pattern.</summary>
    private static bool MatchesSet(ReadOnlySpan<byte> pattern, ref int p, byte value)
    {
        p++;
        bool negated = p < pattern.Length && pattern[p] == '^';
        p += negated ? 1 : 0;
        bool found = false;
        for (; p < pattern.Length && pattern[p] != ']'; p++)
        {
            if (pattern[p] == '\\' && p + 1 < pattern.Length)
            {
                p++;
                found |= pattern[p] == value;
            }
            else if (p + 2 < pattern.Length && pattern[p + 1] == '-')
            {
                (byte low, byte high) = pattern[p] <= pattern[p + 2] ? (pattern[p], pattern[p + 2]) : (pattern[p + 2], pattern[p]);
                found |= value >= low && value <= high;
                p += 2;
            }
            else
            {
                found |= pattern[p] == value;
            }
        }

        p = Math.Min(p + 1, pattern.Length);
        return found != negated;
    }
}
