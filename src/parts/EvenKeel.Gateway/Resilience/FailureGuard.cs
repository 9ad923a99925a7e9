using EvenKeel.Configuration.Model;
using EvenKeel.Control.Budgets;
using EvenKeel.Control.Circuits;

namespace EvenKeel.Gateway.Resilience;

/// <summary>
/// The circuit breaker and the retry budget of a service, for all loops. While all is well a request costs two additions of its loop's own; a
/// failure, a retry and a probe take the lock, and then see what all loops have counted.
/// </summary>
internal sealed class FailureGuard
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Lock _gate = new();
    private LoopTally[] _tallies = [];
    private BreakerOptions? _breakerOptions;
    private RetryBudgetOptions? _budgetOptions;
    private CircuitBreaker? _breaker;
    private RetryBudget? _budget;
    private long _requests;
    private long _succeeded;
    private volatile bool _isOpen;

    /// <summary>Makes a guard without a breaker, and without a budget: no retry is allowed yet.</summary>
    public FailureGuard(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>Raised after the breaker has opened or closed, outside of the lock.</summary>
    public event Action? Changed;

    /// <summary>The breaker's phase.</summary>
    public CircuitPhase Phase
    {
        get
        {
            lock (_gate)
            {
                return _breaker?.PhaseAt(Now) ?? CircuitPhase.Closed;
            }
        }
    }

    /// <summary>Retries that the budget allows at the moment.</summary>
    public long RetriesLeft
    {
        get
        {
            lock (_gate)
            {
                Settle(0);
                return _budget?.Left ?? 0;
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    /// <summary>Takes options. A part whose options are the same keeps what it has learnt.</summary>
    /// <param name="breaker">The breaker's, or null for none.</param>
    /// <param name="budget">The budget's.</param>
    /// <param name="loops">How many loops will count.</param>
    public void Configure(BreakerOptions? breaker, RetryBudgetOptions budget, int loops)
    {
        bool wasOpen = false;
        lock (_gate)
        {
            // Only ever made before the loops count, or larger by another gateway: then a moment's counts may be lost, nothing else.
            if (_tallies.Length < loops)
            {
                var tallies = new LoopTally[loops];
                _tallies.CopyTo(tallies, 0);
                Volatile.Write(ref _tallies, tallies);
            }

            if (breaker != _breakerOptions)
            {
                wasOpen = _isOpen;
                _breakerOptions = breaker;
                _breaker = breaker is { Ratio: > 0 } ? new CircuitBreaker(RulesOf(breaker)) : null;
                _isOpen = false;
            }

            if (budget != _budgetOptions)
            {
                _budgetOptions = budget;
                _budget = new RetryBudget(new RetryBudgetRules(budget.Percent, budget.Reserve, budget.Window));
            }
        }

        if (wasOpen)
        {
            Changed?.Invoke();
        }
    }

    /// <summary>A request of a client has come. Called on its loop.</summary>
    public void Count(int loop) => _tallies[loop].Requests++;

    /// <summary>Asks the breaker.</summary>
    /// <param name="probe">Not zero for a probe, to be given to <see cref="End"/>.</param>
    /// <param name="wait">When it is refused, how long the breaker stays open.</param>
    /// <returns>False when the request must be refused.</returns>
    public bool TryPass(out int probe, out TimeSpan wait)
    {
        probe = 0;
        wait = TimeSpan.Zero;
        if (!_isOpen)
        {
            return true;
        }

        lock (_gate)
        {
            var now = Now;
            wait = _breaker?.OpenFor(now) ?? TimeSpan.Zero;
            return _breaker is null || _breaker.TryPass(now, out probe);
        }
    }

    /// <summary>A request that has passed is over. Called on its loop.</summary>
    /// <param name="loop">The loop's number.</param>
    /// <param name="succeeded">How it ended; null when that says nothing of the service.</param>
    /// <param name="probe">What <see cref="TryPass"/> gave.</param>
    public void End(int loop, bool? succeeded, int probe)
    {
        if (probe == 0 && succeeded == true)
        {
            _tallies[loop].Succeeded++;
        }
        else if (probe != 0 || (succeeded == false && _breakerOptions is not null))
        {
            Learn(succeeded, probe);
        }
    }

    /// <summary>Takes one retry from the budget.</summary>
    /// <returns>False when it is used up: the failure is to be answered.</returns>
    public bool TryRetry()
    {
        lock (_gate)
        {
            Settle(0);
            return _budget?.TryTake(Now) == true;
        }
    }

    /// <summary>Puts what the loops have counted into the windows. Called a few times a second, so that counts stand where they belong.</summary>
    public void Settle()
    {
        lock (_gate)
        {
            Settle(0);
        }
    }

    private void Learn(bool? succeeded, int probe)
    {
        bool changed;
        lock (_gate)
        {
            if (probe != 0)
            {
                _breaker?.EndProbe(Now, probe, succeeded);
            }
            else
            {
                Settle(failed: 1);
            }

            changed = _isOpen != (_breaker is { IsClosed: false });
            _isOpen = _breaker is { IsClosed: false };
        }

        if (changed)
        {
            Changed?.Invoke();
        }
    }

    private void Settle(int failed)
    {
        long requests = 0;
        long succeeded = 0;
        foreach (ref LoopTally tally in _tallies.AsSpan())
        {
            requests += Volatile.Read(ref tally.Requests);
            succeeded += Volatile.Read(ref tally.Succeeded);
        }

        var now = Now;
        _budget?.AddRequests(now, requests - _requests);
        _breaker?.Count(now, succeeded - _succeeded, failed);
        _requests = requests;
        _succeeded = succeeded;
    }

    private static CircuitRules RulesOf(BreakerOptions options) => new()
    {
        Ratio = options.Ratio, Volume = options.Volume, Window = options.Window, Open = options.Open, Probes = options.Probes,
    };
}
