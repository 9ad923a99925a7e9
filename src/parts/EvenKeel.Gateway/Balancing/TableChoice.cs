using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// The owner of the key on a ring or in a Maglev table. Owners that may not get the request are passed by, so that their keys move and no
/// others. After a while in vain the highest score decides, which all gateways agree on as well.
/// </summary>
/// <param name="boundedLoad">The most requests in flight at one, in percent of an even share; 0 for no bound.</param>
internal sealed class TableChoice(int boundedLoad) : EndpointPolicy
{
    private const int MaxSteps = 128;

    // Full owners after which places are drawn by chance: a key that has filled so many is at home nowhere, and the same places again would not do
    // for it. At 125 percent one of five has room, so that all the other steps are in vain once in a million times.
    private const int MaxFull = 64;
    private readonly double _factor = boundedLoad / 100.0;

    public override EndpointState? Choose(in PolicyRequest request)
    {
        if (request.Set.Ring is null && request.Set.Maglev is null)
        {
            return RendezvousChoice.Best(in request);
        }

        if (boundedLoad == 0)
        {
            return Walk(in request, 0, 0) ?? Other(in request);
        }

        // What is in flight is added up now and then among many endpoints. What found no room by an old sum looks again by a new one, which leaves
        // out whoever may not get the request.
        if (request.Group.Load.TryRead(request.Turn, out int recent) && Walk(in request, recent, request.Group.Load.Weights) is { } owner)
        {
            return owner;
        }

        Sum(in request, out int total, out long weights);
        return Walk(in request, total, weights) ?? Other(in request);
    }

    private static EndpointState? Other(in PolicyRequest request) => request.OwnerOnly ? null : RendezvousChoice.Best(in request);

    // For an owner that is not well the next place, where its keys go as well when it is taken out. For one that is full by the bound another place
    // that the key draws: full owners would fill their neighbours, and a key that everybody asks for would go round among a few of them (Chen,
    // Coleman and Shrivastava, 2019).
    private EndpointState? Walk(in PolicyRequest request, int total, long weights)
    {
        CandidateSet set = request.Set;
        ulong key = request.Key;
        int place = -1;
        int full = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            EndpointState owner = set.Members[place < 0 ? set.OwnerOf(key) : set.OwnerAt(place)];
            bool isAllowed = request.Allows(owner);
            if (isAllowed && (weights == 0 || owner.InFlight < BoundedLoad.Cap(_factor, total, owner.Weight, Math.Max(weights, owner.Weight))))
            {
                return owner;
            }

            // Its clients have no other.
            if (request.OwnerOnly)
            {
                return null;
            }

            if (!isAllowed)
            {
                place = (place < 0 ? set.PlaceOf(key) : place) + 1;
            }
            else
            {
                key = KeyHash.Mix(++full == MaxFull ? request.Random : key);
                place = -1;
            }
        }

        return null;
    }

    // What is counted already includes the request: with nobody in between this says what the choice said.
    public override bool Keeps(CandidateSet set, EndpointState chosen, uint turn)
    {
        if (boundedLoad == 0 || !chosen.IsWell)
        {
            return true;
        }

        // As in the choice: by what was added up lately among many, and anew only where that leaves no room.
        GroupLoad load = set.Well.Load;
        if (load.TryRead(turn, out int total) && HasRoom(chosen, total, load.Weights))
        {
            return true;
        }

        total = 0;
        foreach (EndpointState endpoint in set.Well.Endpoints)
        {
            total += endpoint.InFlight;
        }

        return HasRoom(chosen, total, load.Weights);
    }

    private bool HasRoom(EndpointState chosen, int total, long weights)
        => chosen.InFlight <= BoundedLoad.Cap(_factor, Math.Max(1, total), chosen.Weight, Math.Max(weights, chosen.Weight));

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
