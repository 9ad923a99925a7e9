namespace EvenKeel.Proof.Report.Html;

/// <summary>Writes a table with a caption and a head.</summary>
internal static class Table
{
    /// <summary>Writes a table whose cells are text; columns named with a leading <c>#</c> hold numbers.</summary>
    public static void Write(Markup markup, string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Begin(markup, caption, columns);
        foreach (var row in rows)
        {
            markup.Open("tr");
            for (var i = 0; i < row.Count; i++)
            {
                markup.Leaf("td", row[i], ("class", IsNumber(columns[i]) ? "n" : null));
            }

            markup.Close();
        }

        End(markup);
    }

    /// <summary>Opens a table up to its body; the caller writes the rows and calls <see cref="End"/>.</summary>
    public static void Begin(Markup markup, string caption, IReadOnlyList<string> columns)
    {
        markup.Open("div", ("class", "scroll")).Open("table").Leaf("caption", caption).Open("thead").Open("tr");
        foreach (var column in columns)
        {
            markup.Leaf("th", column.TrimStart('#'), ("scope", "col"), ("class", IsNumber(column) ? "n" : null));
        }

        markup.Close().Close().Open("tbody");
    }

    /// <summary>Closes what <see cref="Begin"/> opened.</summary>
    public static void End(Markup markup) => markup.Close().Close().Close();

    private static bool IsNumber(string column) => column.StartsWith('#');
}
