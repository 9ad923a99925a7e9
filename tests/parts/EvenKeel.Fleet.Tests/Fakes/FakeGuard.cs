using System.Collections.Concurrent;
using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>Keeps what the fleet told the guard.</summary>
internal sealed class FakeGuard : ISessionGuard
{
    public ConcurrentDictionary<string, int> Known { get; } = new();

    public void Announce(string marker) => Known[marker] = 0;

    public void Add(int pid, long startTime, string marker)
    {
        Assert.True(Known.ContainsKey(marker), "A process was added that was not announced.");
        Known[marker] = pid;
    }

    public void Remove(string marker) => Assert.True(Known.TryRemove(marker, out _), "A marker was removed that was not announced.");
}
