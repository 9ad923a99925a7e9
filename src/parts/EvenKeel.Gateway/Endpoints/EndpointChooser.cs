using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Balancing;
using EvenKeel.Gateway.Regions;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Routing.Hashing;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// Chooses the endpoint of a route's requests. Any loop may call it at any time; it allocates nothing, and takes no lock but to claim a trial. What
/// does not change from one request to the next, such as a ring, is made anew by the first choice after the service's endpoints have changed.
/// The order of rules:
/// <list type="number">
/// <item>the endpoint that the client's token or key names, when it is eligible or its trial is due; when it is not, none at all where the
/// route says to refuse;</item>
/// <item>an ejected endpoint whose time is over gets one request, its trial;</item>
/// <item>the policy, over the eligible endpoints: healthy, not ejected, not draining, not tried;</item>
/// <item>panic: when none is eligible, or fewer than the threshold are, the policy over all that are admitted:
/// not draining, ready once, not tried. Checks and ejections can
/// be wrong, or starved themselves; a request that may succeed is better than one that is refused for sure;</item>
/// <item>none.</item>
/// </list>
/// </summary>
/// <param name="directory">The endpoints of all services.</param>
/// <param name="service">The service of the route.</param>
/// <param name="policy">How one of the eligible is chosen.</param>
/// <param name="affinity">Keeps clients on their instances, or null.</param>
/// <param name="hash">What policies that hash look at; the default when null.</param>
/// <param name="seed">Where random numbers begin; another one in each process when null, so that gateways do not draw alike.</param>
public sealed class EndpointChooser(
    EndpointDirectory directory, string service, BalancePolicy policy = BalancePolicy.RoundRobin, AffinityToken? affinity = null,
    HashOptions? hash = null, ulong? seed = null)
{
    // Loops that fill an endpoint at the same moment all look again; more often than this is not bad luck any more.
    private const int MaxUndone = 16;

    private readonly ServiceState _service = directory.ServiceOf(service);
    private readonly HashOptions _hash = hash ?? new HashOptions();
    private readonly EndpointPolicy _policy = EndpointPolicy.Create(policy, hash ?? new HashOptions());
    private readonly ulong _seed = seed ?? KeyHash.Mix((uint)HashCode.Combine(service));
    private readonly RegionMap? _regions;
    private readonly Lock _gate = new();
    private CandidateSet? _set;
    private PaddedCounter _turn;

    internal EndpointChooser(
        EndpointDirectory directory, string service, BalancePolicy policy, AffinityToken? affinity, HashOptions hash, RegionMap? regions, ulong? seed = null)
        : this(directory, service, policy, affinity, hash, seed) => _regions = regions;

    /// <summary>Keeps clients on their instances, or null.</summary>
    public AffinityToken? Affinity => affinity;

    /// <summary>Chooses an endpoint and counts the request at it.</summary>
    /// <param name="context">What the choice depends on.</param>
    /// <param name="choice">The choice, whose End must follow.</param>
    /// <returns>False when there is no endpoint to try.</returns>
    public bool TryChoose(in ChooseContext context, out EndpointChoice choice)
    {
        // A choice that meets a drain is made again: the endpoint is not eligible the next time. So is one that others have filled meanwhile.
        for (int undone = 0; Pick(in context, out EndpointState? bound, out bool trial) is { } chosen; undone++)
        {
            if (chosen.TryBegin())
            {
                if (!trial && chosen != bound && undone < MaxUndone && !_policy.Keeps(Candidates(), chosen, (uint)_turn.Value))
                {
                    chosen.TakeBack();
                    continue;
                }

                choice = new EndpointChoice(chosen, trial, affinity is not null && chosen != bound, policy == BalancePolicy.LeastTime);
                return true;
            }

            if (trial)
            {
                chosen.AbandonTrial();
            }
        }

        choice = default;
        return false;
    }

    /// <summary>True for a client that may be served by its own endpoint only: it has a token of this gateway's, or a key, and the route says so.</summary>
    public bool Refuses(in ChooseContext context) => IsHashed(in context) || (affinity is { Refuses: true } && affinity.IsOurs(context.Affinity));

    private bool IsHashed(in ChooseContext context) => _hash.Refuses && context.Key is not null;

    private EndpointState? Pick(in ChooseContext context, out EndpointState? bound, out bool trial)
    {
        CandidateSet set = Candidates();
        trial = false;
        bound = affinity?.Find(context.Affinity, set.Members, service);
        if (bound is not null && !context.Tried.Contains(bound)
            && (bound.IsEligible || (_service.IsPanicking && bound.IsAdmitted) || (trial = bound.TryClaimTrial())))
        {
            return bound;
        }

        if (Refuses(in context))
        {
            return bound is null && IsHashed(in context) ? ByPolicy(set, in context, _service.IsPanicking) : null;
        }

        foreach (EndpointState endpoint in set.Ejected)
        {
            if (!context.Tried.Contains(endpoint) && endpoint.TryClaimTrial())
            {
                trial = true;
                return endpoint;
            }
        }

        // Where those that are well are only busy, the request waits for one of them instead.
        if ((!_service.IsPanicking || set.Regions is { CanCarryAll: true }) && ByPolicy(set, in context, panic: false) is { } chosen)
        {
            return chosen;
        }

        return _service.IsFull ? null : ByPolicy(set, in context, panic: true);
    }

    private EndpointState? ByPolicy(CandidateSet set, in ChooseContext context, bool panic)
    {
        if ((panic ? set.Known : set.Well).Endpoints.Length == 0)
        {
            return null;
        }

        // Random numbers are a hash of the turn: loops that share the counter never draw the same one.
        uint turn = (uint)_turn.Increment();
        ulong random = KeyHash.Mix(_seed + turn);
        var request = new PolicyRequest
        {
            Set = set, Panic = panic, Tried = context.Tried, Turn = turn, Random = random, Key = context.Key ?? random,
            Order = context.Order,
            OwnerOnly = IsHashed(in context),
        };
        return _policy.Choose(in request);
    }

    private CandidateSet Candidates()
    {
        // The version is read first: a change while the set is made leaves it old, and the next choice makes another.
        int version = _service.Version;
        return Volatile.Read(ref _set) is { } set && set.Version == version ? set : Renew();
    }

    // One loop makes the set; others that come meanwhile wait for it, which takes them no longer than making one of their own.
    private CandidateSet Renew()
    {
        lock (_gate)
        {
            int version = _service.Version;
            if (_set is null || _set.Version != version)
            {
                var members = directory.All.Where(endpoint => endpoint.Service == service);
                Volatile.Write(ref _set, CandidateSet.Create(version, (uint)_turn.Value, members, policy, _hash, _set, _regions));
            }

            return _set;
        }
    }
}
