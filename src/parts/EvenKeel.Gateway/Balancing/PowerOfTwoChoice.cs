using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>Of two drawn at random the one with fewer requests in flight for its weight.</summary>
internal sealed class PowerOfTwoChoice : EndpointPolicy
{
    public override EndpointState? Choose(in PolicyRequest request) => Choose(in request, request.Group);

    /// <summary>The same over a group of its own, which may be empty.</summary>
    public static EndpointState? Choose(in PolicyRequest request, CandidateGroup group)
    {
        if (group.Endpoints.Length == 0)
        {
            return null;
        }

        (int first, int second) = PowerOfTwoPolicy.Draw(group.Endpoints.Length, request.Random);
        EndpointState one = group.Endpoints[first];
        EndpointState other = group.Endpoints[second];
        bool oneMay = request.Allows(one);
        if (first != second && request.Allows(other)
            && (!oneMay || PowerOfTwoPolicy.PrefersSecond(LoadOf(one, group, first), LoadOf(other, group, second), (uint)request.MoreRandom)))
        {
            group.LastTurns[second] = request.Turn;
            return other;
        }

        if (oneMay)
        {
            group.LastTurns[first] = request.Turn;
            return one;
        }

        return request.FirstFrom(first, group);
    }

    private static LoadOfCandidate LoadOf(EndpointState endpoint, CandidateGroup group, int position)
        => new(endpoint.InFlight, endpoint.LiveWeight, group.LastTurns[position]);
}
