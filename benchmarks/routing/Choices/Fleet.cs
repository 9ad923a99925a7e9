using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;

namespace Choices;

/// <summary>Endpoints of one service, and ways to choose among them.</summary>
internal sealed class Fleet
{
    private readonly EndpointDirectory _directory = new();

    /// <summary>Makes a fleet.</summary>
    /// <param name="first">The number of the first endpoint.</param>
    /// <param name="count">How many.</param>
    /// <param name="prefix">What their names begin with: other names are other places on a ring.</param>
    public Fleet(int first, int count, string prefix)
    {
        for (var i = first; i < first + count; i++)
        {
            _directory.Add("web", $"{prefix}-{i}", new IPEndPoint(IPAddress.Loopback, 80));
        }
    }

    public EndpointChooser Chooser(BalancePolicy policy, int boundedLoad = 0, int virtualNodes = 150)
        => new(_directory, "web", policy, null, new HashOptions { BoundedLoad = boundedLoad, VirtualNodes = virtualNodes }, seed: 7);

    /// <summary>Leaves requests in flight, so many at each endpoint on average and spread by chance, for ever.</summary>
    public void Load(int each)
    {
        var chooser = Chooser(BalancePolicy.Random);
        for (var i = 0; i < each * _directory.Endpoints.Count; i++)
        {
            if (!chooser.TryChoose(default, out _))
            {
                throw new InvalidOperationException("no endpoint to choose from");
            }
        }
    }
}
