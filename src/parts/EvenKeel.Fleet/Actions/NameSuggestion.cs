namespace EvenKeel.Fleet.Actions;

/// <summary>Finds the names that somebody may have meant.</summary>
internal static class NameSuggestion
{
    private const int Most = 3;
    private const int Listed = 20;

    /// <summary>Up to three names that differ by a third of the given one at most, best first.</summary>
    public static IReadOnlyList<string> Nearest(string name, IReadOnlyList<string> known) =>
    [
        .. known.Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(1, (name.Length + 1) / 3))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(Most)
            .Select(pair => pair.candidate),
    ];

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

    // Levenshtein's distance without regard to case, one row at a time; names are short.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
