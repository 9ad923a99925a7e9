using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>The one with the highest score for the key among those that may get the request.</summary>
internal sealed class RendezvousChoice : EndpointPolicy
{
    public override EndpointState? Choose(in PolicyRequest request) => Best(in request);

    /// <summary>The same for policies whose table leads nowhere.</summary>
    public static EndpointState? Best(in PolicyRequest request)
    {
        if (request.OwnerOnly)
        {
            EndpointState owner = request.Set.Members[RendezvousPolicy.Choose(request.Key, request.Set.Nodes)];
            return request.Allows(owner) ? owner : null;
        }

        CandidateGroup group = request.Group;
        EndpointState first = group.Endpoints[RendezvousPolicy.Choose(request.Key, group.Nodes)];
        if (request.Allows(first))
        {
            return first;
        }

        EndpointState? best = null;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < group.Nodes.Length; i++)
        {
            double score = highest;
            if (RendezvousPolicy.TryBeat(request.Key, in group.Nodes[i], ref score) && request.Allows(group.Endpoints[i]))
            {
                (best, highest) = (group.Endpoints[i], score);
            }
        }

        return best;
    }
}
