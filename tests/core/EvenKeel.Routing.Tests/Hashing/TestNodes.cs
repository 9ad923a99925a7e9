using System.Text;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Routing.Tests.Hashing;

/// <summary>Candidates named <c>web-1</c> and so on, and keys that are spread evenly.</summary>
internal static class TestNodes
{
    public static HashNode[] Make(int count, int seed = 0)
        => [.. Enumerable.Range(1, count).Select(i => new HashNode(KeyHash.Of(Encoding.ASCII.GetBytes($"farm{seed}-web-{i}"))))];

    public static IEnumerable<ulong> Keys(int count) => Enumerable.Range(0, count).Select(i => KeyHash.Mix((ulong)i + 77_777));
}
