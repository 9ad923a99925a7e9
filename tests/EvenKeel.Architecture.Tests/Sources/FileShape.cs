using System.Text.RegularExpressions;

namespace EvenKeel.Architecture.Tests.Sources;

/// <summary>A file is short, holds one type named like it, and its namespace is its path.</summary>
internal static partial class FileShape
{
    public const int MaxLines = 400;

    public static IEnumerable<Finding> Check(SourceTree tree) => tree.Files(".cs").SelectMany(file => CheckFile(tree, file));

    private static IEnumerable<Finding> CheckFile(SourceTree tree, string file)
    {
        var lines = tree.Lines(file);
        if (lines.Length > MaxLines)
        {
            yield return new Finding(file, MaxLines + 1, $"{lines.Length} lines; split it, the limit is {MaxLines}");
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Namespace().Match(lines[i]) is { Success: true } space && Expected(tree, file) is { } expected && space.Groups[1].Value != expected)
            {
                yield return new Finding(file, i + 1, $"namespace {space.Groups[1].Value} does not match the path; expected {expected}");
            }

            if (Type().Match(lines[i]) is not { Success: true } type || !seen.Add(type.Groups["name"].Value))
            {
                continue;
            }

            var name = type.Groups["name"].Value;
            var stem = Path.GetFileName(file).Split('.')[0];
            if (seen.Count > 1)
            {
                yield return new Finding(file, i + 1, $"type {name} is the file's second; give it a file of its own");
            }
            else if (name != stem)
            {
                yield return new Finding(file, i + 1, $"type {name} does not match the file's name");
            }
        }
    }

    private static string? Expected(SourceTree tree, string file)
    {
        for (var folder = Path.GetDirectoryName(file); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            var project = Directory.EnumerateFiles(Path.Combine(tree.Root, folder), "*.csproj").FirstOrDefault();
            if (project is null)
            {
                continue;
            }

            var below = Path.GetDirectoryName(file)![folder.Length..].Replace('\\', '/');
            return Path.GetFileNameWithoutExtension(project) + below.Replace('/', '.');
        }

        return null;
    }

    [GeneratedRegex(@"^namespace ([\w.]+)")]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|readonly|ref|unsafe|partial|file) )*(?:class|struct|interface|enum|record(?: struct| class)?|delegate [\w<>?\[\],. ]+?) (?<name>\w+)\s*(?:[<(:;{]|where|$)")]
    private static partial Regex Type();
}
