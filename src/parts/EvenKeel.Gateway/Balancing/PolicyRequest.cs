using EvenKeel.Gateway.Endpoints;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Balancing;

/// <summary>One choice as a policy sees it.</summary>
internal readonly ref struct PolicyRequest
{
    /// <summary>The candidates.</summary>
    public required CandidateSet Set { get; init; }

    /// <summary>True when any that is admitted will do.</summary>
    public required bool Panic { get; init; }

    /// <summary>Endpoints that were tried for the request.</summary>
    public required ReadOnlySpan<EndpointState?> Tried { get; init; }

    /// <summary>How many choices were made before; wraps around.</summary>
    public required uint Turn { get; init; }

    /// <summary>64 random bits.</summary>
    public required ulong Random { get; init; }

    /// <summary>The hash of the request's key, or random bits when it has none.</summary>
    public required ulong Key { get; init; }

    /// <summary>True when nobody may get the request but the owner of its key among all members.</summary>
    public bool OwnerOnly { get; init; }

    /// <summary>The regions from the client on, or null when it is nowhere.</summary>
    public int[]? Order { get; init; }

    /// <summary>Those to choose from.</summary>
    public CandidateGroup Group => Panic ? Set.Known : Set.Well;

    /// <summary>64 more random bits.</summary>
    public ulong MoreRandom => KeyHash.Mix(Random);

    /// <summary>True when an endpoint may get the request at this moment.</summary>
    public bool Allows(EndpointState endpoint) => (Panic ? endpoint.IsAdmitted : endpoint.IsEligible) && !Tried.Contains(endpoint);

    /// <summary>The first that may get the request, from a position of the group on and round.</summary>
    public EndpointState? FirstFrom(int position) => FirstFrom(position, Group);

    /// <summary>The same of another group.</summary>
    public EndpointState? FirstFrom(int position, CandidateGroup group)
    {
        EndpointState[] endpoints = group.Endpoints;
        for (int i = 0; i < endpoints.Length; i++)
        {
            EndpointState endpoint = endpoints[position];
            if (Allows(endpoint))
            {
                return endpoint;
            }

            position = position + 1 == endpoints.Length ? 0 : position + 1;
        }

        return null;
    }
}
