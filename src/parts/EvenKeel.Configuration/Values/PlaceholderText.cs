using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>Finds the placeholders of request templates: a name in braces with nothing else, so that JSON's own braces are left
/// alone.</summary>
internal static partial class PlaceholderText
{
    /// <summary>What is replaced when a request is sent.</summary>
    public static IReadOnlyList<string> Known { get; } = ["value", "id", "n", "seed"];

    /// <summary>The first placeholder that is not known, with its braces, or null.</summary>
    public static string? FindUnknown(string text)
    {
        foreach (Match match in Placeholder().Matches(text))
        {
            if (!Known.Contains(match.Groups["name"].Value))
            {
                return match.Value;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
