using EvenKeel.Fleet.Addresses;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>Counts ports up from 6001, and gives returned ones again only after all others.</summary>
internal sealed class FakePorts : IPortSource
{
    private int _last = 6000;

    public List<int> Returned { get; } = [];

    public int Take() => ++_last;

    public void Return(int port) => Returned.Add(port);
}
