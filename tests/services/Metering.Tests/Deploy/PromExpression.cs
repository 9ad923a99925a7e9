using System.Text.RegularExpressions;

namespace Metering.Tests.Deploy;

/// <summary>
/// Which metrics an expression of PromQL asks for. What is left of it without strings, label selectors, ranges, and the lists of labels of an
/// aggregation is names of metrics, and of functions, which a parenthesis follows. The binary operators that are words are not handled.
/// </summary>
internal static partial class PromExpression
{
    public static IReadOnlySet<string> Metrics(string expression)
    {
        string bare = Labels().Replace(Braces().Replace(expression, " "), " ");
        return Name().Matches(bare).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a page of metrics has a sample of a metric.</summary>
    public static bool IsIn(string exposition, string metric) => exposition.Split('\n').Any(line =>
        line.StartsWith(metric, StringComparison.Ordinal) && line.Length > metric.Length && line[metric.Length] is ' ' or '{');

    [GeneratedRegex("""
        "[^"]*"|\{[^}]*\}|\[[^\]]*\]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\b(\s*\([^)]*\))?")]
    private static partial Regex Labels();

    // The end of the word is asked for first, so that no shorter part of the name of a function is taken for a metric.
    [GeneratedRegex(@"(?<![\w:.])[a-zA-Z_:][\w:]*(?![\w:])(?!\s*\()")]
    private static partial Regex Name();
}
