namespace EvenKeel.Configuration.Diagnostics;

/// <summary>Finds the known name that a mistyped one was probably meant to be.</summary>
public static class NameSuggestion
{
    /// <summary>Longer names are not compared: the work grows with the product of the lengths.</summary>
    private const int LongestName = 64;

    /// <summary>The nearest known name, or null when none is near; of equally near ones the first.</summary>
    /// <inheritdoc cref="Nearest" path="/param" />
    public static string? Find(string name, IEnumerable<string> known) => Nearest(name, known, 1) is [var nearest] ? nearest : null;

    /// <summary>The known names that are near, best first: at most one edit in three characters, case, dashes and underscores aside.</summary>
    /// <param name="name">The mistyped name. One of more than 64 characters is near to nothing.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<string> Nearest(string name, IEnumerable<string> known, int most)
    {
        if (name.Length is 0 or > LongestName)
        {
            return [];
        }

        var wanted = Fold(name);
        var limit = Math.Max(1, wanted.Length / 3);
        return
        [
            .. known.Select(candidate => (Name: candidate, Distance: Distance(wanted, Fold(candidate))))
                .Where(candidate => candidate.Distance <= limit && candidate.Distance < candidate.Name.Length)
                .OrderBy(candidate => candidate.Distance)
                .Take(most)
                .Select(candidate => candidate.Name),
        ];
    }

    /// <summary>The suggestion as a label, or null.</summary>
    public static string? Label(string name, IEnumerable<string> known) =>
        Find(name, known) is { } found ? $"did you mean '{found}'?" : null;

    /// <summary>Case, dashes and underscores are the commonest differences and count for nothing.</summary>
    private static string Fold(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.</summary>
    private static int Distance(string a, string b)
    {
        var beforeLast = new int[b.Length + 1];
        var last = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(last[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last, current) = (last, current, beforeLast);
        }

        return last[b.Length];
    }
}
