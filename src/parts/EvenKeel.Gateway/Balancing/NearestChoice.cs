using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Geography;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// The client's nearest region, and of two drawn at random there the one with fewer requests in flight for its weight. What a region cannot take,
/// because part of it is not well, goes on to the next, and so does a request that nobody there may get. A client that is nowhere is balanced over all.
/// </summary>
internal sealed class NearestChoice : EndpointPolicy
{
    public override EndpointState? Choose(in PolicyRequest request)
    {
        if (request.Order is not { } order || request.Set.Regions is not { } regions)
        {
            return PowerOfTwoChoice.Choose(in request, request.Group);
        }

        // 1. A region, by what each can take.
        CandidateGroup[] groups = request.Panic ? regions.Known : regions.Well;
        if (!request.Panic && NearestPolicy.Choose(order, regions.Availability, (uint)(request.Random >> 32)) is >= 0 and var drawn
            && PowerOfTwoChoice.Choose(in request, groups[drawn]) is { } chosen)
        {
            return chosen;
        }

        // 2. Nobody there may get it: the nearest who may.
        foreach (int region in order)
        {
            if (PowerOfTwoChoice.Choose(in request, groups[region]) is { } near)
            {
                return near;
            }
        }

        return PowerOfTwoChoice.Choose(in request, groups[^1]);
    }
}
