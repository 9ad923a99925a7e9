namespace EvenKeel.Proof.Tests.Servers;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("evenkeel-proof-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
