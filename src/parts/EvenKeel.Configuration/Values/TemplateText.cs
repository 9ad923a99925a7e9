using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>
/// Texts of routes with placeholders: <c>{scheme}</c>, <c>{host}</c> (without port), <c>{path}</c> (in normal form), <c>{query}</c> (with
/// its question mark, or nothing), <c>{client}</c> (the address), <c>{rest}</c> (what follows a prefix route's path: nothing, or a slash and
/// more), and the captures of the route's pattern. Braces around anything but a name are ordinary characters.
/// </summary>
public static partial class TemplateText
{
    /// <summary>The names that are no captures.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["scheme", "host", "path", "query", "client", "rest"];

    /// <summary>Takes a template apart.</summary>
    public static IReadOnlyList<TemplatePiece> Split(string text)
    {
        var pieces = new List<TemplatePiece>();
        var position = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            if (match.Index > position)
            {
                pieces.Add(new TemplatePiece(text[position..match.Index], false));
            }

            pieces.Add(new TemplatePiece(match.Value[1..^1], true));
            position = match.Index + match.Length;
        }

        if (position < text.Length)
        {
            pieces.Add(new TemplatePiece(text[position..], false));
        }

        return pieces;
    }

    [GeneratedRegex(@"\{[A-Za-z][A-Za-z0-9_]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
