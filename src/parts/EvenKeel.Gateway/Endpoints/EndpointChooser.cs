using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Routing.Balancing;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// Chooses the endpoint of a route's requests. Any loop may call it at any time; it allocates nothing, and takes no lock but to claim a trial.
/// The order of rules:
/// <list type="number">
/// <item>the endpoint that the client's cookie names, when it is eligible or its trial is due;</item>
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
public sealed class EndpointChooser(
    EndpointDirectory directory, string service, BalancePolicy policy = BalancePolicy.RoundRobin, AffinityCookie? affinity = null)
{
    // More endpoints than this are not looked at in one choice: the candidates lie on the stack.
    private const int MaxCandidates = 256;
    private readonly ServiceState _service = directory.ServiceOf(service);
    private PaddedCounter _turn;

    /// <summary>Keeps clients on their instances, or null.</summary>
    public AffinityCookie? Affinity => affinity;

    /// <summary>Chooses an endpoint and counts the request at it.</summary>
    /// <param name="context">What the choice depends on.</param>
    /// <param name="choice">The choice, whose End must follow.</param>
    /// <returns>False when there is no endpoint to try.</returns>
    public bool TryChoose(in ChooseContext context, out EndpointChoice choice)
    {
        // A choice that meets a drain is made again: the endpoint is not eligible the next time.
        while (Pick(in context, out EndpointState? bound, out bool trial) is { } chosen)
        {
            if (chosen.TryBegin())
            {
                choice = new EndpointChoice(chosen, trial, mustBind: affinity is not null && chosen != bound);
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

    private EndpointState? Pick(in ChooseContext context, out EndpointState? bound, out bool trial)
    {
        EndpointState[] all = directory.All;
        trial = false;
        bound = affinity?.Find(context.Affinity, all, service);
        if (bound is not null && !context.Tried.Contains(bound) && (bound.IsEligible || (trial = bound.TryClaimTrial())))
        {
            return bound;
        }

        foreach (EndpointState endpoint in all)
        {
            if (endpoint.IsEjected && endpoint.Service == service && !context.Tried.Contains(endpoint) && endpoint.TryClaimTrial())
            {
                trial = true;
                return endpoint;
            }
        }

        // Where those that are well are only busy, the request waits for one of them instead.
        if (!_service.IsPanicking && ByPolicy(all, context.Tried, panic: false) is { } chosen)
        {
            return chosen;
        }

        return _service.IsFull ? null : ByPolicy(all, context.Tried, panic: true);
    }

    private EndpointState? ByPolicy(EndpointState[] all, ReadOnlySpan<EndpointState?> tried, bool panic)
    {
        Span<int> positions = stackalloc int[MaxCandidates];
        Span<int> inFlight = stackalloc int[MaxCandidates];
        int count = 0;
        for (int i = 0; i < all.Length && count < MaxCandidates; i++)
        {
            EndpointState endpoint = all[i];
            if (endpoint.Service == service && (panic ? endpoint.IsAdmitted : endpoint.IsEligible) && !tried.Contains(endpoint))
            {
                positions[count] = i;
                inFlight[count++] = endpoint.InFlight;
            }
        }

        if (count == 0)
        {
            return null;
        }

        uint turn = (uint)_turn.Increment();
        return all[positions[policy switch
        {
            BalancePolicy.LeastConnections => LeastConnectionsPolicy.Choose(inFlight[..count], turn),
            _ => RoundRobinPolicy.Choose(count, turn),
        }]];
    }
}
