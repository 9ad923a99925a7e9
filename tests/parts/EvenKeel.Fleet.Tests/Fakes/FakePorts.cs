using EvenKeel.Fleet.Addresses;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>Counts ports up from 6001, and gives returned ones again only after all others.</summary>
internal sealed class FakePorts : IPortSource
{
    private int _last = 6000;

    public List<int> Named { get; } = [];

    public HashSet<int> Busy { get; } = [];

    public List<int> Returned { get; } = [];

    public int Take() => ++_last;

    public void Take(int port)
    {
        if (Busy.Contains(port))
        {
            throw new InvalidOperationException($"Port {port} is used by process 4711 (nginx).");
        }

        Named.Add(port);
    }

    public void Return(int port) => Returned.Add(port);
}
