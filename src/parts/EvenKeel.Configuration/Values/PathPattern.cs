using System.Diagnostics.CodeAnalysis;

namespace EvenKeel.Configuration.Values;

/// <summary>
/// A path with wildcards that the whole path of a request has to match, segment by segment. In a segment <c>*</c> or <c>{name}</c>, once,
/// stands for at least one character; the name captures them. A last segment <c>**</c> or <c>{name**}</c> stands for all that follows, even
/// nothing. One wildcard in a segment is enough for names and endings, and is matched by comparing both ends: nothing is ever tried again.
/// </summary>
public sealed class PathPattern
{
    private PathPattern(IReadOnlyList<PathSegment> segments, bool hasRest, string? restName)
    {
        Segments = segments;
        HasRest = hasRest;
        RestName = restName;
    }

    /// <summary>The segments, without one that stands for the rest.</summary>
    public IReadOnlyList<PathSegment> Segments { get; }

    /// <summary>True when anything may follow the segments.</summary>
    public bool HasRest { get; }

    /// <summary>The name of what follows, or null.</summary>
    public string? RestName { get; }

    /// <summary>The names of the captures, in the order of the path.</summary>
    public IEnumerable<string> Names => Segments.Select(segment => segment.Name).Append(RestName).OfType<string>();

    /// <summary>True when a text has a wildcard.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '{', '}');

    /// <summary>Reads a pattern.</summary>
    /// <param name="path">A path that begins with a slash.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="problem">What is wrong, as the end of a sentence, or null.</param>
    public static bool TryParse(string path, [NotNullWhen(true)] out PathPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        pattern = null;
        problem = null;
        var parts = path.Split('/')[1..];
        var segments = new List<PathSegment>(parts.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var (hasRest, restName) = (false, default(string));
        for (var i = 0; i < parts.Length && problem is null; i++)
        {
            var part = parts[i];
            if (part == "**" || (part.StartsWith('{') && part.EndsWith("**}", StringComparison.Ordinal)))
            {
                (hasRest, restName) = (true, part == "**" ? null : part[1..^3]);
                problem = i < parts.Length - 1 ? "'**' may only be its last segment" : ProblemOfName(restName, names);
            }
            else if (TryReadSegment(part, out var segment))
            {
                segments.Add(segment);
                problem = ProblemOfName(segment.Name, names);
            }
            else
            {
                problem = $"the segment '{part}' may have one wildcard, '*' or a name in braces";
            }
        }

        pattern = problem is null ? new PathPattern(segments, hasRest, restName) : null;
        return pattern is not null;
    }

    private static bool TryReadSegment(string part, out PathSegment segment)
    {
        var start = part.AsSpan().IndexOfAny('*', '{', '}');
        if (start < 0)
        {
            segment = new PathSegment(part, "", false, null);
            return true;
        }

        var end = part[start] switch
        {
            '*' => start,
            '{' => part.IndexOf('}', start),
            _ => -1,
        };
        var after = end < 0 ? "" : part[(end + 1)..];
        segment = new PathSegment(part[..start], after, true, end <= start ? null : part[(start + 1)..end]);
        return end >= 0 && !after.AsSpan().ContainsAny('*', '{', '}');
    }

    private static string? ProblemOfName(string? name, HashSet<string> names)
    {
        if (name is null)
        {
            return null;
        }

        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            return $"the name '{name}' is not made of letters, digits and '_', a letter first";
        }

        return TemplateText.Reserved.Contains(name) ? $"the name '{name}' is taken: {{{name}}} stands for something of every request"
            : names.Add(name) ? null
            : $"the name '{name}' is there twice";
    }
}
