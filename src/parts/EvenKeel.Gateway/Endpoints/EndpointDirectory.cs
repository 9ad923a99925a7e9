using System.Net;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>Endpoints by service.</summary>
public sealed class EndpointDirectory
{
    private volatile EndpointState[] _all = [];

    /// <summary>Adds one.</summary>
    public EndpointState Add(string service, string name, IPEndPoint address)
    {
        var state = new EndpointState(service, name, address);
        _all = [.. _all, state];
        return state;
    }

    /// <summary>Removes one.</summary>
    public void Remove(EndpointState state) => _all = [.. _all.Where(one => one != state)];

    /// <summary>All of a service.</summary>
    public EndpointState[] All => _all;
}
