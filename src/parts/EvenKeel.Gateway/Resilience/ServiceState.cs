using EvenKeel.Configuration.Model;
using EvenKeel.Control.Circuits;
using EvenKeel.Control.Ejection;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Resilience;

/// <summary>
/// A service, live: what is decided over all of its endpoints. It survives reloads and endpoints. Any thread may call its members.
/// </summary>
public sealed class ServiceState
{
    private readonly Func<EndpointState[]> _endpoints;
    private readonly EjectionOptions _ejection;
    private readonly Lock _gate = new();
    private int _ejected;
    private int _members;
    private int _version;
    private volatile bool _isPanicking;

    internal ServiceState(string name, EjectionOptions ejection, TimeProvider time, Func<EndpointState[]> endpoints)
    {
        Name = name;
        _ejection = ejection;
        _endpoints = endpoints;
        Guard = new FailureGuard(time);
        Bulkhead = new Bulkhead(RoomAtInstances);
        Guard.Changed += () => CircuitChanged?.Invoke(this);
        Guard.Configure(null, new RetryBudgetOptions(), 1);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>True while so few endpoints are well that all are used that were ready once.</summary>
    public bool IsPanicking => _isPanicking;

    /// <summary>What the circuit breaker lets through; closed when there is none.</summary>
    public CircuitPhase Circuit => Guard.Phase;

    /// <summary>Requests in flight under the limit of the service; 0 when it has none.</summary>
    public int InFlight => Bulkhead.InFlight;

    /// <summary>Requests that wait for their turn.</summary>
    public int Waiting => Bulkhead.Waiting;

    /// <summary>Retries that the budget allows at the moment.</summary>
    public long RetriesLeft => Guard.RetriesLeft;

    /// <summary>Endpoints that are ejected.</summary>
    public int Ejected => Volatile.Read(ref _ejected);

    /// <summary>Another number after each change of the endpoints: one came, went, or may get more or less than before. Wraps around.</summary>
    internal int Version => Volatile.Read(ref _version);

    internal FailureGuard Guard { get; }

    internal Bulkhead Bulkhead { get; }

    /// <summary>True when every endpoint that could get a request has as many as it may have.</summary>
    internal bool IsFull => Bulkhead.InstanceLimit > 0 && RoomAtInstances() == 0;

    /// <summary>Raised after <see cref="IsPanicking"/> has changed.</summary>
    internal event Action<ServiceState>? PanicChanged;

    /// <summary>Raised after the circuit breaker has opened or closed.</summary>
    internal event Action<ServiceState>? CircuitChanged;

    /// <summary>Takes options.</summary>
    internal void Configure(ResilienceOptions options, int loops)
    {
        Guard.Configure(options.Breaker, options.RetryBudget ?? new RetryBudgetOptions(), loops);
        Bulkhead.Configure(options.Concurrency ?? new ConcurrencyOptions());
    }

    /// <summary>Reserves the ejection of one more endpoint.</summary>
    /// <returns>False when as many are out as may be.</returns>
    internal bool TryReserveEjection()
    {
        if (Interlocked.Increment(ref _ejected) <= EjectionShare.Limit(Volatile.Read(ref _members), _ejection.Share))
        {
            return true;
        }

        Interlocked.Decrement(ref _ejected);
        return false;
    }

    /// <summary>Gives an ejection back: the endpoint is admitted again, has left, or was not ejected after all.</summary>
    internal void ReleaseEjection() => Interlocked.Decrement(ref _ejected);

    /// <summary>An endpoint has come, gone, or changed what it may get.</summary>
    internal void Recount()
    {
        bool changed;
        lock (_gate)
        {
            Volatile.Write(ref _version, unchecked(_version + 1));
            int members = 0;
            int admitted = 0;
            int eligible = 0;
            foreach (EndpointState endpoint in _endpoints())
            {
                if (endpoint.Service == Name)
                {
                    members++;
                    admitted += endpoint.IsKnown ? 1 : 0;
                    eligible += endpoint.IsWell ? 1 : 0;
                }
            }

            Volatile.Write(ref _members, members);
            bool panic = EjectionShare.IsPanic(eligible, admitted, _ejection.Panic);
            changed = panic != _isPanicking;
            _isPanicking = panic;
        }

        Bulkhead.Freed();
        if (changed)
        {
            PanicChanged?.Invoke(this);
        }
    }

    // Without any endpoint there is nothing to wait for: a request that is woken then gets its answer.
    private long RoomAtInstances()
    {
        int limit = Bulkhead.InstanceLimit;
        if (limit == 0)
        {
            return long.MaxValue;
        }

        bool panic = _isPanicking;
        long room = 0;
        bool any = false;
        foreach (EndpointState endpoint in _endpoints())
        {
            if (endpoint.Service == Name && (panic ? endpoint.IsKnown : endpoint.IsWell))
            {
                any = true;
                room += Math.Max(0, limit - endpoint.InFlight);
            }
        }

        return any ? room : long.MaxValue;
    }
}
