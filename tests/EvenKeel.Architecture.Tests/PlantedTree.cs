namespace EvenKeel.Architecture.Tests;

/// <summary>A small tree on disk with a violation in it, which a rule has to find.</summary>
internal sealed class PlantedTree : IDisposable
{
    public PlantedTree() => Directory.CreateDirectory(Root);

    public string Root { get; } = Directory.CreateTempSubdirectory("evenkeel-planted-").FullName;

    public SourceTree Tree => new(Root);

    public PlantedTree With(string file, string text)
    {
        var path = Path.Combine(Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
