using EvenKeel.Control.Limits;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

// Before an endpoint is chosen: 1. the rate limit of the route; 2. the circuit breaker of the service; 3. a place among its requests in flight,
// perhaps after a wait. Whatever refuses here does so before a byte was sent to anybody.
internal sealed partial class Exchange
{
    private RateKey _rateKey;
    private Turn? _turn;
    private EndpointOutcome _lastOutcome = EndpointOutcome.Neutral;
    private int _probe;
    private bool _isGuarded;
    private bool _holdsPlace;

    /// <summary>The turn of a request that waited has come. Called by a post on the loop.</summary>
    public void OnTurn() => Enter(woken: true);

    private ServiceState Service => _route!.State!;

    private void NoteRateKey(RequestHead head, ReadOnlySpan<byte> headBytes)
    {
        if (_route?.Limiter is { } limiter)
        {
            _rateKey = limiter.KeyOf(head, headBytes, Client.Address);
        }
    }

    private void Admit()
    {
        if (_route!.Limiter is { } limiter && !limiter.TryTake(_rateKey, out var wait))
        {
            Fail(new Problem(ProblemCode.RateLimited) { RetryAfter = SecondsOf(wait), Quota = limiter.Quota, Window = limiter.Window });
            return;
        }

        Service.Guard.Count(loop.Events.Index);
        loop.Busy.Note(Service);
        if (!Service.Guard.TryPass(out _probe, out wait))
        {
            Fail(new Problem(ProblemCode.CircuitOpen) { RetryAfter = SecondsOf(wait) });
            return;
        }

        _isGuarded = true;
        Enter(woken: false);
    }

    private void Enter(bool woken)
    {
        if (Service.Bulkhead.TryEnter(woken, out _holdsPlace))
        {
            Attempt(new Problem(ProblemCode.NoHealthyInstance));
        }
        else
        {
            Wait();
        }
    }

    // No endpoint was found for the first attempt. When that is because all have as many requests as they may have, the request waits.
    private bool WaitsForEndpoint()
    {
        if (_attempts > 0 || !Service.IsFull)
        {
            return false;
        }

        LeavePlace();
        Wait();
        return true;
    }

    private void Wait()
    {
        loop.Busy.Note(Service);
        if (_turn is null)
        {
            _turn = new Turn(Service.Bulkhead, this, loop.Events);
            Arm(Waiting.ForTurn, Snapshot.TicksOf(Service.Bulkhead.Wait));
        }

        if (!Service.Bulkhead.TryWait(_turn))
        {
            Fail(new Problem(ProblemCode.Overloaded));
        }
    }

    private void LeavePlace()
    {
        if (_holdsPlace)
        {
            _holdsPlace = false;
            Service.Bulkhead.Leave();
        }
    }

    // The last word on the request is what its last endpoint did; a retry that went well makes the failure before it good.
    private void EndAdmission()
    {
        if (_turn is not null)
        {
            _turn.Bulkhead.Cancel(_turn);
            _turn = null;
        }

        if (_isGuarded)
        {
            LeavePlace();
            loop.Busy.Note(Service);
            Service.Guard.End(loop.Events.Index, _lastOutcome == EndpointOutcome.Neutral ? null : _lastOutcome == EndpointOutcome.Succeeded, _probe);
        }

        _isGuarded = false;
        _probe = 0;
        _lastOutcome = EndpointOutcome.Neutral;
    }

    private static int SecondsOf(TimeSpan wait) => Math.Max(1, (int)Math.Min(86_400, Math.Ceiling(wait.TotalSeconds)));
}
