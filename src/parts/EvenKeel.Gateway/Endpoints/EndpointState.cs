using System.Net;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Ejection;
using EvenKeel.Control.Health;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// One endpoint, live: it survives reloads of the options. Any thread may call its members. Choosing reads plain fields; only failures and the
/// trial of an ejected endpoint take a lock, so that an endpoint that works costs no more than its counter.
/// </summary>
public sealed class EndpointState
{
    private readonly Lock _gate = new();
    private readonly EjectionState _ejection;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TaskCompletionSource _removed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PaddedCounter _inFlight;
    private TaskCompletionSource? _idle;
    private volatile int _status;
    private volatile bool _isDraining;
    private volatile bool _isEjected;
    private volatile bool _hasFailures;

    /// <summary>Makes an endpoint that is in no directory.</summary>
    internal EndpointState(string service, string name, IPEndPoint address, HealthStatus status, EjectionOptions ejection, TimeProvider time)
    {
        Service = service;
        Name = name;
        Address = address;
        NameBytes = Encoding.UTF8.GetBytes(name);
        _status = (int)status;
        _time = time;
        _start = time.GetTimestamp();
        _ejection = new EjectionState(new EjectionRules { Failures = ejection.Failures, First = ejection.First, Max = ejection.Max });
    }

    /// <summary>The service that it belongs to.</summary>
    public string Service { get; }

    /// <summary>The instance's name.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Requests that were begun and have not ended.</summary>
    public int InFlight => _inFlight.Value;

    /// <summary>What active checks, or whoever admitted it, say.</summary>
    public HealthStatus Status => (HealthStatus)_status;

    /// <summary>True once no new request may be sent to it.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>True while real requests have taken it out, the trial included.</summary>
    public bool IsEjected => _isEjected;

    /// <summary>Completes when it is taken out of the directory.</summary>
    public Task Removed => _removed.Task;

    /// <summary>The name as bytes.</summary>
    internal byte[] NameBytes { get; }

    /// <summary>True when it may get a request in a panic: somebody has seen it ready once.</summary>
    internal bool IsAdmitted => !_isDraining && _status != (int)HealthStatus.Starting;

    /// <summary>True when it may get its share of requests.</summary>
    internal bool IsEligible => !_isDraining && !_isEjected && _status == (int)HealthStatus.Healthy;

    /// <summary>Takes over what a check has found. Choices from now on follow it.</summary>
    public void SetStatus(HealthStatus status) => _status = (int)status;

    /// <summary>Waits until nothing is in flight at an endpoint that drains; it may have been removed or replaced since.</summary>
    /// <param name="cancellationToken">Ends the wait; it does not throw then.</param>
    /// <returns>The requests still in flight: 0 when the drain is complete.</returns>
    /// <exception cref="InvalidOperationException">The endpoint does not drain: the wait could last for ever.</exception>
    public async ValueTask<int> WaitForIdleAsync(CancellationToken cancellationToken)
    {
        if (!_isDraining)
        {
            throw new InvalidOperationException($"{Name} does not drain and may never be idle: drain or remove it first");
        }

        Task idle = WhenIdle();
        await idle.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A choice that is being taken back may still be counted for a moment.
        return idle.IsCompleted ? 0 : InFlight;
    }

    /// <summary>Counts a request that is about to be sent.</summary>
    /// <returns>False when the endpoint drains, which a choice may not have seen yet: nothing is counted then.</returns>
    internal bool TryBegin()
    {
        // Counting first and looking second, while Drain looks second as well: one of the two sees the other.
        _inFlight.Increment();
        if (!_isDraining)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Counts the end of a request.</summary>
    /// <param name="outcome">What it says of the endpoint.</param>
    /// <param name="trial">True for the trial of an ejected endpoint.</param>
    internal void End(EndpointOutcome outcome, bool trial)
    {
        Settle(outcome, trial);
        Leave();
    }

    /// <summary>Learns from a request that goes on.</summary>
    internal void Settle(EndpointOutcome outcome, bool trial)
    {
        if (trial || outcome == EndpointOutcome.Failed || (outcome == EndpointOutcome.Succeeded && _hasFailures))
        {
            Learn(outcome, trial);
        }
    }

    /// <summary>Claims the trial of an ejected endpoint whose time is over.</summary>
    /// <returns>True for one caller, whose request decides.</returns>
    internal bool TryClaimTrial()
    {
        if (!_isEjected || _isDraining || _status != (int)HealthStatus.Healthy)
        {
            return false;
        }

        lock (_gate)
        {
            return _ejection.TryBeginTrial(Now);
        }
    }

    /// <summary>Gives a trial back that was claimed and not begun.</summary>
    internal void AbandonTrial()
    {
        lock (_gate)
        {
            _ejection.AbandonTrial();
        }
    }

    /// <summary>No new request from now on.</summary>
    internal void Drain()
    {
        _isDraining = true;
        Interlocked.MemoryBarrier();
        if (InFlight == 0)
        {
            CompleteIdle();
        }
    }

    /// <summary>Says that it has left the directory.</summary>
    internal void MarkRemoved()
    {
        Drain();
        _removed.TrySetResult();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    private Task WhenIdle()
    {
        lock (_gate)
        {
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_isDraining && InFlight == 0)
            {
                _idle.TrySetResult();
            }

            return _idle.Task;
        }
    }

    private void Leave()
    {
        if (_inFlight.Decrement() == 0 && _isDraining)
        {
            CompleteIdle();
        }
    }

    private void Learn(EndpointOutcome outcome, bool trial)
    {
        lock (_gate)
        {
            switch (outcome)
            {
                case EndpointOutcome.Failed:
                    _ejection.Failed(Now, trial);
                    break;
                case EndpointOutcome.Succeeded:
                    _ejection.Succeeded(trial);
                    break;
                default:
                    _ejection.AbandonTrial();
                    break;
            }

            _hasFailures = _ejection.Failures > 0;
            _isEjected = _ejection.PhaseAt(Now) != EjectionPhase.Admitted;
        }
    }

    private void CompleteIdle()
    {
        lock (_gate)
        {
            _idle?.TrySetResult();
        }
    }
}
