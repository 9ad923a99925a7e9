namespace EvenKeel.Proof.Tests.Servers;

internal sealed record SmallRequest(string Method, string Path, string Body, IReadOnlyList<string> Fields);
