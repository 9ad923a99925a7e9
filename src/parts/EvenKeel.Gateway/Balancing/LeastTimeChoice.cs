using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// Of two drawn at random the one that is expected to answer sooner. Two and not all: loops that decide at the same moment would all run to the
/// one that looks best.
/// </summary>
internal sealed class LeastTimeChoice : EndpointPolicy
{
    public override EndpointState? Choose(in PolicyRequest request)
    {
        CandidateGroup group = request.Group;
        (int first, int second) = PowerOfTwoPolicy.Draw(group.Endpoints.Length, request.Random);
        EndpointState one = group.Endpoints[first];
        EndpointState other = group.Endpoints[second];
        bool oneMay = request.Allows(one);
        if (first != second && request.Allows(other) && (!oneMay || PrefersSecond(one, other, group, first, second)))
        {
            group.LastTurns[second] = request.Turn;
            return other;
        }

        if (oneMay)
        {
            group.LastTurns[first] = request.Turn;
            return one;
        }

        return request.FirstFrom(first);
    }

    private static bool PrefersSecond(EndpointState one, EndpointState other, CandidateGroup group, int first, int second)
    {
        double a = one.ExpectedTime;
        double b = other.ExpectedTime;
        return b < a || (b <= a && unchecked((int)(group.LastTurns[second] - group.LastTurns[first])) < 0);
    }
}
