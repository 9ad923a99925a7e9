using System.Net;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Ejection;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Routing.Hashing;
using EvenKeel.Routing.Latency;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// One endpoint, live: it survives reloads of the options. Any thread may call its members. Choosing reads plain fields; only failures and the
/// trial of an ejected endpoint take a lock, so that an endpoint that works costs no more than its counter.
/// </summary>
public sealed partial class EndpointState
{
    private readonly Lock _gate = new();
    private readonly EjectionState _ejection;
    private readonly TimeProvider _time;
    private readonly EjectionOptions _options;
    private readonly ServiceState _service;
    private readonly long _start;
    private readonly TaskCompletionSource _removed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PaddedCounter _inFlight;
    private TaskCompletionSource? _idle;
    private volatile int _status;
    private volatile bool _isDraining;
    private volatile bool _isEjected;
    private volatile bool _hasFailures;
    private bool _hasLeft;
    private int _settled;
    private long _warmSince;
    private long _times;
    private int _weight = 1;

    /// <summary>Makes an endpoint that is in no directory.</summary>
    internal EndpointState(string service, string name, IPEndPoint address, HealthStatus status, EjectionOptions ejection, TimeProvider time,
        ServiceState? state = null)
    {
        Service = service;
        Name = name;
        Address = address;
        NameBytes = Encoding.UTF8.GetBytes(name);
        AccessName = AccessNames.OfEndpoint(name);
        NameHash = KeyHash.Of(NameBytes);
        _status = (int)status;
        _time = time;
        _options = ejection;
        _service = state ?? new ServiceState(service, ejection, time, () => [this]);
        _start = time.GetTimestamp();
        _ejection = new EjectionState(new EjectionRules
        {
            Failures = ejection.Failures, Ratio = ejection.Ratio, Volume = ejection.Volume, Window = ejection.Window,
            First = ejection.First, Max = ejection.Max,
        });
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

    /// <summary>
    /// The share of its weight that it is to get, in percent: 100, or from 10 to 100 while it warms up after it was out. For policies that know
    /// weights.
    /// </summary>
    public int WeightPercent
    {
        get
        {
            long since = Volatile.Read(ref _warmSince);
            if (since == 0)
            {
                return 100;
            }

            int percent = SlowStart.WeightAt(_time.GetElapsedTime(since), _options.SlowStart);
            if (percent == 100)
            {
                Interlocked.CompareExchange(ref _warmSince, 0, since);
            }

            return percent;
        }
    }

    /// <summary>True when it has as many requests in flight as it may have.</summary>
    public bool IsFull => _service.Bulkhead.InstanceLimit is > 0 and int limit && InFlight >= limit;

    /// <summary>Completes when it is taken out of the directory.</summary>
    public Task Removed => _removed.Task;

    /// <summary>How the access log names it.</summary>
    internal byte[] AccessName { get; }

    /// <summary>The name as bytes.</summary>
    internal byte[] NameBytes { get; }

    /// <summary>What hashing knows it by.</summary>
    internal ulong NameHash { get; }

    /// <summary>Its share relative to others, 1 to 1000.</summary>
    public int Weight { get => Volatile.Read(ref _weight); internal set => Volatile.Write(ref _weight, value); }

    /// <summary>The weight while it warms up, in hundredths.</summary>
    internal int LiveWeight => Weight * WeightPercent;

    /// <summary>What one more request would wait for, as a number to be compared; 0 when it is to be tried.</summary>
    internal double ExpectedTime => PeakEwma.Unpack(Volatile.Read(ref _times)).Load((uint)(long)Now.TotalMilliseconds, InFlight);

    /// <summary>True when it may get a request in a panic: somebody has seen it ready once.</summary>
    internal bool IsAdmitted => IsKnown && !IsFull;

    /// <summary>True when it may get its share of requests.</summary>
    internal bool IsEligible => IsWell && !IsFull;

    /// <summary>True when it was seen ready once and does not drain, however busy it is.</summary>
    internal bool IsKnown => !_isDraining && _status != (int)HealthStatus.Starting;

    /// <summary>True when nothing speaks against it, however busy it is.</summary>
    internal bool IsWell => !_isDraining && !_isEjected && _status == (int)HealthStatus.Healthy;

    /// <summary>Takes over what a check has found. Choices from now on follow it.</summary>
    public void SetStatus(HealthStatus status)
    {
        if (status == HealthStatus.Healthy && _status == (int)HealthStatus.Unhealthy)
        {
            WarmUp();
        }

        _status = (int)status;
        _service.Recount();
    }

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
    /// <returns>False when the endpoint drains or is full, which a choice may not have seen yet: nothing is counted then.</returns>
    internal bool TryBegin()
    {
        // Counting first and looking second, while Drain looks second as well: one of the two sees the other.
        int before = _inFlight.Increment();
        if (!_isDraining && _service.Bulkhead.InstanceLimit is var limit && (limit == 0 || before < limit))
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Takes back what <see cref="TryBegin"/> has counted: the request goes elsewhere.</summary>
    internal void TakeBack() => Leave();

    /// <summary>Counts the end of a request.</summary>
    /// <param name="outcome">What it says of the endpoint.</param>
    /// <param name="trial">True for the trial of an ejected endpoint.</param>
    internal void End(EndpointOutcome outcome, bool trial)
    {
        if (outcome == EndpointOutcome.Succeeded)
        {
            _inFlight.IncrementSucceeded();
        }

        Settle(outcome, trial);
        Leave();
    }

    /// <summary>Learns from a request that goes on.</summary>
    internal void Settle(EndpointOutcome outcome, bool trial)
    {
        if (trial || outcome is EndpointOutcome.Failed or EndpointOutcome.Erred || (outcome == EndpointOutcome.Succeeded && _hasFailures))
        {
            Learn(outcome, trial);
        }
    }

    /// <summary>Notes how long the first byte of a response took, or a failure, which is never taken for a fast answer.</summary>
    internal void ObserveTime(TimeSpan time, bool failed)
    {
        float sample = (float)time.TotalMilliseconds;
        sample = failed ? PeakEwma.Penalty(sample) : sample;
        uint now = (uint)(long)Now.TotalMilliseconds;
        long before;
        do
        {
            before = Volatile.Read(ref _times);
        }
        while (Interlocked.CompareExchange(ref _times, PeakEwma.Unpack(before).Observe(now, sample).Pack(), before) != before);
    }

    /// <summary>Claims the trial of an ejected endpoint whose time is over.</summary>
    /// <returns>True for one caller, whose request decides.</returns>
    internal bool TryClaimTrial()
    {
        if (!_isEjected || _isDraining || IsFull || _status != (int)HealthStatus.Healthy)
        {
            return false;
        }

        lock (_gate)
        {
            return _ejection.TryBeginTrial(Now);
        }
    }

    /// <summary>What a status says of the endpoint.</summary>
    internal EndpointOutcome OutcomeOf(int status)
        => status < 500 ? EndpointOutcome.Succeeded : _options.Statuses.Contains(status) ? EndpointOutcome.Failed : EndpointOutcome.Erred;

    /// <summary>Puts the responses that came since into the window of the ratio. Called about once a second, so that they stand where they belong.</summary>
    internal void Settle()
    {
        if (_inFlight.Succeeded != Volatile.Read(ref _settled))
        {
            lock (_gate)
            {
                SettleResponses();
            }
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
        _service.Recount();
        if (InFlight == 0)
        {
            CompleteIdle();
        }
    }

    /// <summary>Says that it has left the directory.</summary>
    internal void MarkRemoved()
    {
        Drain();
        lock (_gate)
        {
            if (_isEjected && !_hasLeft)
            {
                _service.ReleaseEjection();
            }

            _hasLeft = true;
        }

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
        bool before;
        lock (_gate)
        {
            before = _isEjected;
            bool fails = outcome is EndpointOutcome.Failed or EndpointOutcome.Erred;
            bool reserved = fails && !before && !_hasLeft && _service.TryReserveEjection();
            SettleResponses();
            switch (outcome)
            {
                case EndpointOutcome.Failed:
                    _ejection.Failed(Now, trial, reserved);
                    break;
                case EndpointOutcome.Erred:
                    _ejection.Erred(Now, trial, reserved);
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
            if ((reserved && !_isEjected) || (before && !_isEjected && !_hasLeft))
            {
                _service.ReleaseEjection();
            }
        }

        if (before != _isEjected)
        {
            if (before)
            {
                WarmUp();
            }

            _service.Recount();
        }
    }

    // The count wraps; a difference does not.
    private void SettleResponses()
    {
        int succeeded = _inFlight.Succeeded;
        _ejection.AddResponses(Now, unchecked(succeeded - _settled));
        Volatile.Write(ref _settled, succeeded);
    }

    private void WarmUp()
    {
        if (_options.SlowStart > TimeSpan.Zero)
        {
            Volatile.Write(ref _warmSince, Math.Max(1, _time.GetTimestamp()));
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
