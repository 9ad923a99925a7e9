using System.Text.RegularExpressions;

namespace EvenKeel.Windows.Schema;

/// <summary>The aggregate of a stream as a part of a statement about many windows.</summary>
internal static partial class WindowAggregate
{
    /// <summary>
    /// The aggregate with a row's columns in the place of its parameters, for <c>CROSS JOIN LATERAL</c>. They are qualified, so that no column of the
    /// aggregate's own tables hides them, unless one of those tables is called like the row.
    /// </summary>
    /// <param name="aggregate">The SELECT; a text constant in it must not contain the name of a parameter.</param>
    /// <param name="row">The name of the row, with the columns <c>partition</c> and <c>start</c>. The statement has <c>@length interval</c>.</param>
    public static string Of(string aggregate, string row) => Parameter().Replace(
        aggregate, match => match.Groups[1].Value == "end" ? $"({row}.start + @length)" : $"{row}.{match.Groups[1].Value}");

    [GeneratedRegex(@"(?<![@\w])@(partition|start|end)\b")]
    private static partial Regex Parameter();
}
