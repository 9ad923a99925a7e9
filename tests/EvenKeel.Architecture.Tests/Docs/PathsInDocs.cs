using System.Text.RegularExpressions;

namespace EvenKeel.Architecture.Tests.Docs;

/// <summary>
/// A path that a page names exists: the targets of links, relative to the page, and what stands in code quotes and begins with one of the
/// tree's top folders. Commands are checked where the program's command line is known, in the tests of the host.
/// </summary>
internal static partial class PathsInDocs
{
    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        var tops = Directory.EnumerateFileSystemEntries(tree.Root).Select(Path.GetFileName).ToHashSet();
        foreach (var file in tree.Files(".md"))
        {
            var lines = tree.Lines(file);
            for (var i = 0; i < lines.Length; i++)
            {
                foreach (var path in Named(lines[i], file, tops).Where(path => !Exists(tree, path)))
                {
                    yield return new Finding(file, i + 1, $"'{path}' does not exist");
                }
            }
        }
    }

    private static IEnumerable<string> Named(string line, string file, HashSet<string?> tops)
    {
        foreach (Match link in Link().Matches(line))
        {
            var target = link.Groups[1].Value.Split('#')[0];
            if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            {
                yield return Path.Combine(Path.GetDirectoryName(file) ?? "", target);
            }
        }

        foreach (Match code in Code().Matches(line))
        {
            var path = code.Groups[1].Value;
            path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
            if (path.Contains('/', StringComparison.Ordinal) && tops.Contains(path.Split('/')[0]) && !IsMade(path))
            {
                yield return path;
            }
        }
    }

    // What runs and builds leave behind is in no clone.
    private static bool IsMade(string path) =>
        path.StartsWith("artifacts/", StringComparison.Ordinal) || path.StartsWith(".evenkeel/", StringComparison.Ordinal);

    private static bool Exists(SourceTree tree, string path)
    {
        var full = Path.Combine(tree.Root, path);
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(full) || Directory.Exists(full);
        }

        var folder = Path.GetDirectoryName(full)!;
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(full)).Any();
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([\w./*-]+)`")]
    private static partial Regex Code();
}
