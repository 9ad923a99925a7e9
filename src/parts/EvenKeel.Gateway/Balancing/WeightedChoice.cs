using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Balancing;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>
/// In weighted turns. An endpoint that warms up lets some of its turns pass, as many as it is to miss: the sequence stays as it is.
/// </summary>
internal sealed class WeightedChoice : EndpointPolicy
{
    // Turns that may pass before the next that can serve is taken whatever its weight.
    private const int MaxSteps = 64;

    public override EndpointState? Choose(in PolicyRequest request)
    {
        CandidateGroup group = request.Group;
        int[] sequence = group.Sequence;
        int turn = (int)(request.Turn % (uint)sequence.Length);
        int first = sequence[turn];
        ulong random = request.Random;
        for (int step = 0; step < MaxSteps; step++)
        {
            EndpointState endpoint = group.Endpoints[sequence[turn]];
            if (request.Allows(endpoint))
            {
                int percent = endpoint.WeightPercent;
                if (percent == 100 || RandomPolicy.Choose(100, (uint)random) < percent)
                {
                    return endpoint;
                }

                random = KeyHash.Mix(random);
            }

            turn = turn + 1 == sequence.Length ? 0 : turn + 1;
        }

        return request.FirstFrom(first);
    }
}
