using System.Text.RegularExpressions;
using EvenKeel.Cli.Commands;
using EvenKeel.Cli.RunFiles;
using EvenKeel.Cli.Terminals;

namespace EvenKeel.Cli.Tests.Docs;

/// <summary>
/// The command lines of this program in the pages of a repository: lines of code blocks and of inline code that begin with
/// <c>./evenkeel</c> or <c>evenkeel</c>, perhaps after a prompt. They must parse. Not handled: pipes, redirections and variables after the
/// command are cut off, and lines that end with a backslash are joined.
/// </summary>
internal static partial class DocumentedCommands
{
    private static readonly string[] Left = ["artifacts", "bin", "obj", ".git", ".evenkeel", "node_modules", "research"];

    /// <summary>Those that do not parse, as <c>file:line: message</c>.</summary>
    public static IReadOnlyList<string> Violations(string root)
    {
        using var silent = new StringWriter();
        var context = new CommandContext(
            new Terminal(silent, silent, TimeProvider.System, colors: false),
            new RunFolder(Path.Combine(root, ".evenkeel")),
            TimeProvider.System);
        var command = RootCommandFactory.Create(context);
        return
        [
            .. from documented in Find(root)
               let words = Words(documented.Text).Skip(1).ToArray()
               let error = words[0] == "run-service" ? ErrorOfService(root, words) : ErrorOf(documented.IsName ? [.. words, "--help"] : words)
               where error is not null
               select $"{documented.File}:{documented.Line}: '{documented.Text}': {error}",
        ];

        string? ErrorOf(string[] words) => command.Parse(words).Errors is [var first, ..] ? first.Message : null;
    }

    // The script of the repository runs it itself.
    private static string? ErrorOfService(string root, string[] words) => words.ElementAtOrDefault(1) is { } name
        && (name == "NAME" || Directory.Exists(Path.Combine(root, "services", name))) ? null : "there is no such service";

    /// <summary>The command lines of README.md and of the pages in docs.</summary>
    public static IEnumerable<DocumentedCommand> Find(string root) => Pages(root).SelectMany(page => FindIn(root, page));

    private static IEnumerable<DocumentedCommand> FindIn(string root, string page)
    {
        var lines = File.ReadAllLines(Path.Combine(root, page));
        var inBlock = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = !inBlock;
                continue;
            }

            var first = i;
            var text = lines[i];
            while (inBlock && text.EndsWith('\\') && i + 1 < lines.Length)
            {
                text = text[..^1] + lines[++i].TrimStart();
            }

            foreach (var command in inBlock ? InBlock(text) : Inline(text))
            {
                yield return new DocumentedCommand(page, first + 1, command, IsName: !inBlock && Words(command).Count() == 2);
            }
        }
    }

    private static IEnumerable<string> InBlock(string line) => Command().Match(line.TrimStart('$', ' ')) is { Success: true } match ? [Cut(match.Value)] : [];

    private static IEnumerable<string> Inline(string line) =>
        Code().Matches(line).Select(code => Command().Match(code.Groups[1].Value)).Where(match => match.Success).Select(match => Cut(match.Value));

    // What the shell would take for itself ends the command: a comment, a pipe, a redirection, the next command.
    private static string Cut(string command) => Shell().Match(command) is { Success: true } match ? command[..match.Index].TrimEnd() : command.TrimEnd();

    private static IEnumerable<string> Words(
        string text) =>
            Word().Matches(text).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal));

    private static IEnumerable<string> Pages(
        string root) => Walk(root).Select(file => Path.GetRelativePath(root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !Left.Contains(Path.GetFileName(child))).SelectMany(Walk));

    [GeneratedRegex(@"^(\./)?evenkeel \S.*$")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<!`)`([^`]+)`(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s(#|\||>|&|;|2>|\s\s)")]
    private static partial Regex Shell();

    [GeneratedRegex("""('[^']*'|"[^"]*"|[^\s'"])+""")]
    private static partial Regex Word();
}
