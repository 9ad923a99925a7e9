using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>Finds the placeholders of request templates: a name in braces, perhaps with something after it, so that JSON's own braces are
/// left alone.</summary>
public static partial class PlaceholderText
{
    /// <summary>What is replaced in every request.</summary>
    internal static IReadOnlyList<string> Known { get; } = ["value", "id", "n", "seed"];

    /// <summary>What is replaced in the requests of a load besides.</summary>
    internal static IReadOnlyList<string> KnownInLoads { get; } = ["uuid", "run", "now", "boundary", "choice", "int"];

    /// <summary>Takes a template apart. What is no placeholder is text.</summary>
    public static IReadOnlyList<PlaceholderPiece> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = new List<PlaceholderPiece>();
        var position = 0;
        foreach (Match match in Form().Matches(text))
        {
            if (Placeholder.Read(match.Value, match.Groups["name"].Value, match.Groups["argument"].Value, out _) is { } placeholder)
            {
                pieces.Add(new PlaceholderPiece(text[position..match.Index], placeholder));
                position = match.Index + match.Length;
            }
        }

        pieces.Add(new PlaceholderPiece(text[position..], null));
        return pieces;
    }

    /// <summary>The first placeholder that is not known, with its braces, or null.</summary>
    internal static string? FindUnknown(string text) => FindProblem(text, inLoad: false)?.Text;

    /// <summary>The first placeholder that is wrong, or null.</summary>
    /// <param name="text">The template.</param>
    /// <param name="inLoad">Whether those of loads are known.</param>
    internal static (string Text, string? Problem)? FindProblem(string text, bool inLoad)
    {
        foreach (Match match in Form().Matches(text))
        {
            var name = match.Groups["name"].Value;
            var argument = match.Groups["argument"].Value;
            if (!Known.Contains(name) && !(inLoad && KnownInLoads.Contains(name)))
            {
                // With something after its name it may be no placeholder at all.
                if (argument.Length == 0 || inLoad)
                {
                    return (match.Value, null);
                }

                continue;
            }

            if (Placeholder.Read(match.Value, name, argument, out var problem) is null)
            {
                return (match.Value, problem);
            }
        }

        return null;
    }

    [GeneratedRegex("""\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<argument>[:+-][^{}"\r\n]*)?\}""", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
