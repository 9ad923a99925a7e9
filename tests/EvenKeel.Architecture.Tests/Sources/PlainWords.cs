namespace EvenKeel.Architecture.Tests.Sources;

/// <summary>No em dash, and no loose end, in any text of the project.</summary>
internal static class PlainWords
{
    // Written apart so that this file does not contain them.
    private static readonly (string Word, string Complaint)[] Unwanted =
    [
        ("\u2014", "an em dash; use a comma, a colon or a full stop"),
        ("TO" + "DO", "a loose end; do it, or say in the docs that it is not there"),
        ("FIX" + "ME", "a loose end; do it, or say in the docs that it is not there"),
        ("NotImplemented" + "Exception", "a loose end; do it, or do not offer it"),
    ];

    public static IEnumerable<Finding> Check(SourceTree tree) =>
        from extension in new[] { ".cs", ".md", ".yaml", ".html", ".css", ".props", ".ps1" }
        from file in tree.Files(extension)
        from line in tree.Lines(file).Select((text, index) => (Text: text, Number: index + 1))
        from unwanted in Unwanted
        where line.Text.Contains(unwanted.Word, StringComparison.Ordinal)
        select new Finding(file, line.Number, unwanted.Complaint);
}
