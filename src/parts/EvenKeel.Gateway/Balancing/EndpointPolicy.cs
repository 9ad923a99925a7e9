using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Balancing;

/// <summary>Chooses one endpoint of a group. Any loop may ask at any time; nothing is allocated.</summary>
internal abstract class EndpointPolicy
{
    /// <summary>Chooses.</summary>
    /// <param name="request">The choice; its group has at least one endpoint.</param>
    /// <returns>Null when none may get the request.</returns>
    public abstract EndpointState? Choose(in PolicyRequest request);

    /// <summary>
    /// True when an endpoint may keep a request that was just counted at it. Other loops may have counted theirs between the choice and that: a
    /// policy with a bound looks again.
    /// </summary>
    /// <param name="set">The service's endpoints.</param>
    /// <param name="chosen">The endpoint.</param>
    /// <param name="turn">The number of the next choice.</param>
    public virtual bool Keeps(CandidateSet set, EndpointState chosen, uint turn) => true;

    /// <summary>The policy of a name.</summary>
    public static EndpointPolicy Create(BalancePolicy policy, HashOptions hash) => policy switch
    {
        BalancePolicy.LeastConnections => new LeastConnectionsChoice(),
        BalancePolicy.Weighted => new WeightedChoice(),
        BalancePolicy.PowerOfTwo => new PowerOfTwoChoice(),
        BalancePolicy.LeastTime => new LeastTimeChoice(),
        BalancePolicy.Nearest => new NearestChoice(),
        BalancePolicy.Random => new RandomChoice(),
        BalancePolicy.Ring or BalancePolicy.Maglev => new TableChoice(hash.BoundedLoad),
        BalancePolicy.Rendezvous or BalancePolicy.SourceHash => new RendezvousChoice(),
        _ => new RoundRobinChoice(),
    };
}
