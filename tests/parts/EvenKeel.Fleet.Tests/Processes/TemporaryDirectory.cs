namespace EvenKeel.Fleet.Tests.Processes;

/// <summary>An empty directory that is deleted with all that is in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("evenkeel-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
