using System.Net;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>A client of one of some networks.</summary>
internal sealed class ClientCondition(IEnumerable<IPNetwork> networks) : RouteCondition
{
    private readonly ClientNetwork[] _networks = [.. networks.Select(network => new ClientNetwork(network))];

    public override bool Holds(in RouteRequest request)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(request.Client))
            {
                return true;
            }
        }

        return false;
    }
}
