using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>The one with the fewest requests in flight for its weight, equals in turn.</summary>
internal sealed class LeastConnectionsChoice : EndpointPolicy
{
    // Positions, requests in flight and weights of those that may get a request; one room for each thread, as large as was ever needed.
    [ThreadStatic]
    private static int[]? _room;

    public override EndpointState? Choose(in PolicyRequest request)
    {
        EndpointState[] endpoints = request.Group.Endpoints;
        if (_room is null || _room.Length < 3 * endpoints.Length)
        {
            _room = new int[Math.Max(64, 6 * endpoints.Length)];
        }

        // 1. What may be chosen, as it stands now: a counter that moves during a comparison would confuse it.
        Span<int> positions = _room.AsSpan(0, endpoints.Length);
        Span<int> inFlight = _room.AsSpan(endpoints.Length, endpoints.Length);
        Span<int> weights = _room.AsSpan(2 * endpoints.Length, endpoints.Length);
        int count = 0;
        bool equal = true;
        for (int i = 0; i < endpoints.Length; i++)
        {
            EndpointState endpoint = endpoints[i];
            if (request.Allows(endpoint))
            {
                positions[count] = i;
                inFlight[count] = endpoint.InFlight;
                weights[count] = endpoint.LiveWeight;
                equal &= weights[count] == weights[0];
                count++;
            }
        }

        // 2. The policy.
        return count == 0 ? null : endpoints[positions[equal
            ? LeastConnectionsPolicy.Choose(inFlight[..count], request.Turn)
            : LeastConnectionsPolicy.Choose(inFlight[..count], weights[..count], request.Turn)]];
    }
}
