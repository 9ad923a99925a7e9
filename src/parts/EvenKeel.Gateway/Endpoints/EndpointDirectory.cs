using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Resilience;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// The endpoints of all services. The host adds, drains and removes them from any thread; each change makes a new list that is swapped in
/// whole, so that a choice sees one consistent list without a lock. An instance's name is unique over all services.
/// </summary>
/// <param name="ejection">When an endpoint that fails real requests is taken out; the default options when null.</param>
/// <param name="time">The clock of ejections; the system's when null.</param>
public sealed class EndpointDirectory(EjectionOptions? ejection = null, TimeProvider? time = null)
{
    /// <summary>The largest weight of an endpoint.</summary>
    public const int MaxWeight = 1000;

    private readonly EjectionOptions _ejection = ejection ?? new EjectionOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);
    private EndpointState[] _all = [];
    private readonly Dictionary<string, int> _weightsByHand = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, int> _weights = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Raised after an endpoint was added, on the thread that added it.</summary>
    public event Action<EndpointState>? Added;

    /// <summary>The endpoints at this moment, draining ones included.</summary>
    public IReadOnlyList<EndpointState> Endpoints => All;

    /// <summary>The services that were named so far, by a route or by an endpoint.</summary>
    public IEnumerable<ServiceState> Services => _services.Values;

    /// <summary>Raised after a service has begun or ended to panic: see <see cref="ServiceState.IsPanicking"/>.</summary>
    public event Action<ServiceState>? PanicChanged;

    /// <summary>Raised after a service's circuit breaker has opened or closed.</summary>
    public event Action<ServiceState>? CircuitChanged;

    /// <summary>The same as an array, never written to.</summary>
    internal EndpointState[] All => Volatile.Read(ref _all);

    /// <summary>
    /// Adds an endpoint. One of the same name is replaced, as when an instance has started again: requests to the old one go on, and no new one
    /// is sent to it.
    /// </summary>
    /// <param name="service">The service that it belongs to.</param>
    /// <param name="instance">The instance's name.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="status">Healthy when somebody has seen it ready; Starting when a check has to find out first.</param>
    /// <returns>The endpoint.</returns>
    public EndpointState Add(string service, string instance, IPEndPoint address, HealthStatus status = HealthStatus.Healthy)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        ArgumentException.ThrowIfNullOrEmpty(instance);
        ArgumentNullException.ThrowIfNull(address);
        var added = new EndpointState(service, instance, address, status, _ejection, _time, ServiceOf(service));
        EndpointState? replaced;
        lock (_gate)
        {
            replaced = Find(instance);
            added.Weight = WeightOf(instance);
            Volatile.Write(ref _all, [.. _all.Where(endpoint => endpoint != replaced), added]);
        }

        replaced?.MarkRemoved();
        ServiceOf(service).Recount();
        Added?.Invoke(added);
        return added;
    }

    /// <summary>The endpoint of an instance, or null.</summary>
    public EndpointState? Find(string instance) => Array.Find(All, endpoint => endpoint.Name == instance);

    /// <summary>Sends no new request to an instance from now on.</summary>
    /// <returns>The endpoint, or null when there is none of this name.</returns>
    public EndpointState? Drain(string instance)
    {
        EndpointState? endpoint = Find(instance);
        endpoint?.Drain();
        return endpoint;
    }

    /// <summary>Takes an instance out. Requests in flight go on.</summary>
    /// <returns>The endpoint, or null when there was none of this name.</returns>
    public EndpointState? Remove(string instance)
    {
        EndpointState? removed;
        lock (_gate)
        {
            removed = Find(instance);
            Volatile.Write(ref _all, [.. _all.Where(endpoint => endpoint != removed)]);
        }

        removed?.MarkRemoved();
        return removed;
    }

    /// <summary>Sends no new request to an instance from now on, and has it checked no more.</summary>
    /// <returns>The endpoint, or null when there is none of this name.</returns>
    public EndpointState? Disable(string instance)
    {
        EndpointState? endpoint = Find(instance);
        endpoint?.Disable();
        return endpoint;
    }

    /// <summary>Gives an instance a weight that counts before the one of the options, also when it starts again.</summary>
    /// <param name="instance">Its name.</param>
    /// <param name="weight">Its share relative to others, 1 to 1000.</param>
    /// <returns>The endpoint, or null when there is none of this name: nothing is remembered then.</returns>
    public EndpointState? SetWeight(string instance, int weight)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weight, MaxWeight);
        return Reweigh(() => _weightsByHand[instance] = weight, instance);
    }

    /// <summary>Forgets a weight that was given by <see cref="SetWeight"/>, as when another server may get the name.</summary>
    public void ForgetWeight(string instance) => Reweigh(() => _weightsByHand.Remove(instance));

    /// <summary>Takes the weights of instances by name, 1 to 1000, also of those that come later. All others have 1.</summary>
    internal void SetWeights(IReadOnlyDictionary<string, int> weights) => Reweigh(() => _weights = weights);

    /// <summary>A service, live.</summary>
    public ServiceState ServiceOf(string service) => _services.GetOrAdd(service, name =>
    {
        var state = new ServiceState(name, _ejection, _time, () => All);
        state.PanicChanged += changed => PanicChanged?.Invoke(changed);
        state.CircuitChanged += changed => CircuitChanged?.Invoke(changed);
        return state;
    });

    /// <summary>Waits until a draining instance has no request in flight.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="cancellationToken">Ends the wait; it does not throw then.</param>
    /// <returns>The requests still in flight: 0 when the drain is complete or the instance unknown.</returns>
    /// <exception cref="InvalidOperationException">The instance does not drain: the wait could last for ever.</exception>
    public ValueTask<int> WaitForIdleAsync(string instance, CancellationToken cancellationToken)
        => Find(instance) is { } endpoint ? endpoint.WaitForIdleAsync(cancellationToken) : new ValueTask<int>(0);

    // Only the services of endpoints whose weight is another one are counted anew: their tables are made again.
    private EndpointState? Reweigh(Action change, string? instance = null)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        EndpointState? found;
        lock (_gate)
        {
            found = instance is null ? null : Find(instance);
            if (instance is not null && found is null)
            {
                return null;
            }

            change();
            foreach (EndpointState endpoint in _all)
            {
                int weight = WeightOf(endpoint.Name);
                if (endpoint.Weight != weight)
                {
                    endpoint.Weight = weight;
                    changed.Add(endpoint.Service);
                }
            }
        }

        foreach (string service in changed)
        {
            ServiceOf(service).Recount();
        }

        return found;
    }

    private int WeightOf(string instance)
        => _weightsByHand.TryGetValue(instance, out int weight) ? weight : _weights.GetValueOrDefault(instance, 1);
}
