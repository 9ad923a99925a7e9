namespace EvenKeel.Configuration.Values;

/// <summary>One segment of a path pattern.</summary>
/// <param name="Before">The text in front of the wildcard, or the whole segment when there is none.</param>
/// <param name="After">The text behind the wildcard.</param>
/// <param name="IsWild">True when between the two at least one character stands that is no slash.</param>
/// <param name="Name">The name under which those characters are captured, or null.</param>
public readonly record struct PathSegment(string Before, string After, bool IsWild, string? Name)
{
    /// <summary>True when every segment that matches the other one matches this one too.</summary>
    public bool Covers(PathSegment other)
    {
        if (!IsWild)
        {
            return !other.IsWild && other.Before == Before;
        }

        return other.IsWild
            ? other.Before.StartsWith(Before, StringComparison.Ordinal) && other.After.EndsWith(After, StringComparison.Ordinal)
            : Matches(other.Before);
    }

    /// <summary>True when a segment of a path matches.</summary>
    public bool Matches(ReadOnlySpan<char> segment) => IsWild
        ? segment.Length > Before.Length + After.Length && segment.StartsWith(Before) && segment.EndsWith(After)
        : segment.SequenceEqual(Before);
}
