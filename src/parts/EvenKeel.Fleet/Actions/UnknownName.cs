using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Fleet.Actions;

/// <summary>Says that a name is not known.</summary>
internal static class UnknownName
{
    private const int Suggested = 3;
    private const int Listed = 20;

    /// <summary>Up to three names that may have been meant, best first.</summary>
    public static IReadOnlyList<string> Nearest(string name, IReadOnlyList<string> known) => NameSuggestion.Nearest(name, known, Suggested);

    /// <summary>The message: what was not found, what may have been meant, what there is.</summary>
    public static string Sentence(string kind, string name, IReadOnlyList<string> known)
    {
        var nearest = Nearest(name, known);
        var meant = nearest.Count > 0 ? $" Did you mean {string.Join(" or ", nearest)}?" : "";
        var there = known.Count == 0
            ? "There are none."
            : $"There are: {string.Join(", ", known.Take(Listed))}{(known.Count > Listed ? $" and {known.Count - Listed} more" : "")}.";
        return $"No {kind} is called '{name}'.{meant} {there}";
    }
}
