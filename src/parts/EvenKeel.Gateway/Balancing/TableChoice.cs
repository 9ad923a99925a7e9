using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// The owner of the key on a ring or in a Maglev table. Owners that may not get the request are walked past, so that their keys move and no
/// others. After a while in vain the highest score decides, which all gateways agree on as well.
/// </summary>
/// <param name="boundedLoad">The most requests in flight at one, in percent of an even share; 0 for no bound.</param>
internal sealed class TableChoice(int boundedLoad) : EndpointPolicy
{
    private const int MaxSteps = 128;
    private readonly double _factor = boundedLoad / 100.0;

    public override EndpointState? Choose(in PolicyRequest request)
    {
        CandidateSet set = request.Set;
        int total = 0;
        long weights = 0;
        if (boundedLoad > 0)
        {
            Sum(in request, out total, out weights);
        }

        if (request.OwnerOnly && set.Ring is null && set.Maglev is null)
        {
            return RendezvousChoice.Best(in request);
        }

        int at = set.Ring?.Find((uint)(request.Key >> 32)) ?? set.Maglev?.Slot(request.Key) ?? 0;
        int steps = set.Ring is null && set.Maglev is null ? 0 : MaxSteps;
        for (int step = 0; step < steps; step++)
        {
            EndpointState owner = set.Members[set.Ring?.OwnerOf(at + step) ?? set.Maglev!.OwnerOf(at + step)];
            if (request.Allows(owner)
                && (weights == 0 || owner.InFlight < BoundedLoad.Cap(_factor, total, owner.Weight, Math.Max(weights, owner.Weight))))
            {
                return owner;
            }

            if (request.OwnerOnly)
            {
                return null;
            }
        }

        return RendezvousChoice.Best(in request);
    }

    // What is counted already includes the request: with nobody in between this says what the choice said.
    public override bool Keeps(CandidateSet set, EndpointState chosen)
    {
        if (boundedLoad == 0 || !chosen.IsWell)
        {
            return true;
        }

        int total = 0;
        long weights = 0;
        foreach (EndpointState endpoint in set.Well.Endpoints)
        {
            total += endpoint.InFlight;
            weights += endpoint.Weight;
        }

        return chosen.InFlight <= BoundedLoad.Cap(_factor, Math.Max(1, total), chosen.Weight, Math.Max(weights, chosen.Weight));
    }

    private static void Sum(in PolicyRequest request, out int total, out long weights)
    {
        total = 1;
        weights = 0;
        foreach (EndpointState endpoint in request.Group.Endpoints)
        {
            if (request.Allows(endpoint))
            {
                total += endpoint.InFlight;
                weights += endpoint.Weight;
            }
        }
    }
}
