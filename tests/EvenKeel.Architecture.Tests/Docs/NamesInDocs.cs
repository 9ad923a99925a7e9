using System.Text.RegularExpressions;

namespace EvenKeel.Architecture.Tests.Docs;

/// <summary>
/// What the program offers and what its pages list are the same: error codes, commands and flags, each compared both ways. Names are found in
/// the text of the sources, so that a name in a branch that no test reaches is found too.
/// </summary>
internal static partial class NamesInDocs
{
    private const string Host = "src/hosts/";
    private const string CodesPage = "docs/reference/error-codes.md";
    private const string CommandsPage = "docs/reference/cli.md";

    /// <summary>Error codes of the host against the headings of their page.</summary>
    public static IEnumerable<Finding> CheckErrorCodes(SourceTree tree) =>
        Compare(Sources(tree, CodeInSource()), Page(tree, CodesPage, CodeHeading()), CodesPage);

    /// <summary>Commands of the host, without hidden ones, against the headings of their page.</summary>
    public static IEnumerable<Finding> CheckCommands(SourceTree tree) =>
        Compare(Sources(tree, CommandInSource()), Page(tree, CommandsPage, CommandHeading()), CommandsPage);

    /// <summary>Flags of the host against those that the page of the commands names.</summary>
    public static IEnumerable<Finding> CheckFlags(SourceTree tree) =>
        Compare(Sources(tree, FlagInSource()), Page(tree, CommandsPage, FlagInPage()), CommandsPage);

    private static IEnumerable<Finding> Compare(
        List<(string Name, string File, int Line)> offered, List<(string Name, string File, int Line)> listed, string page)
    {
        var names = listed.Select(place => place.Name).ToHashSet();
        foreach (var (name, file, line) in offered.DistinctBy(place => place.Name).Where(place => !names.Contains(place.Name)))
        {
            yield return new Finding(file, line, $"'{name}' has no entry in {page}");
        }

        names = [.. offered.Select(place => place.Name)];
        foreach (var (name, file, line) in listed.DistinctBy(place => place.Name).Where(place => !names.Contains(place.Name)))
        {
            yield return new Finding(file, line, $"'{name}' is nowhere in {Host}");
        }
    }

    private static List<(string Name, string File, int Line)> Sources(SourceTree tree, Regex name) =>
        [.. tree.Files(".cs").Where(file => file.StartsWith(Host, StringComparison.Ordinal)).SelectMany(file => In(tree, file, name))];

    private static List<(string Name, string File, int Line)> Page(SourceTree tree, string page, Regex name) => [.. In(tree, page, name)];

    private static IEnumerable<(string Name, string File, int Line)> In(SourceTree tree, string file, Regex name) =>
        tree.Lines(file).SelectMany((line, index) => name.Matches(line)
            .Where(_ => !line.Contains("Hidden = true", StringComparison.Ordinal))
            .Select(match => (match.Groups["name"].Value, file, index + 1)));

    [GeneratedRegex("\"(?<name>EK\\d{4})\"")]
    private static partial Regex CodeInSource();

    [GeneratedRegex("^## (?<name>EK\\d{4}): ")]
    private static partial Regex CodeHeading();

    [GeneratedRegex("(?:new Command\\(|Create\\(context, )\"(?<name>[a-z]+)\"")]
    private static partial Regex CommandInSource();

    [GeneratedRegex("^## (?<name>[a-z]+)$")]
    private static partial Regex CommandHeading();

    [GeneratedRegex("new(?: Option<[^(]+>)?\\(\"(?<name>--[a-z-]+)\"")]
    private static partial Regex FlagInSource();

    [GeneratedRegex("^\\|.*`(?<name>--[a-z-]+)`.*\\|")]
    private static partial Regex FlagInPage();
}
