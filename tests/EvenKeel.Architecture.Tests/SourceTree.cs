namespace EvenKeel.Architecture.Tests;

/// <summary>The files of a repository below one root, without what builds and runs leave there.</summary>
internal sealed class SourceTree(string root)
{
    private static readonly string[] Left = ["artifacts", "bin", "obj", ".git", ".evenkeel", "node_modules", "Planted"];

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The tree that this assembly was built from.</summary>
    public static SourceTree Repository()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "EvenKeel.slnx")))
            {
                return new SourceTree(folder);
            }
        }

        throw new InvalidOperationException($"No EvenKeel.slnx above {AppContext.BaseDirectory}: run the tests from the repository's artifacts.");
    }

    /// <summary>The paths, relative to the root and with slashes, of the files with an extension.</summary>
    public IEnumerable<string> Files(string extension) => Walk(Root)
        .Where(file => file.EndsWith(extension, StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !Left.Contains(Path.GetFileName(child))).SelectMany(Walk));
}
