using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// The endpoints of all services. The host adds, drains and removes them from any thread; each change makes a new list that is swapped in
/// whole, so that a choice sees one consistent list without a lock. An instance's name is unique over all services.
/// </summary>
/// <param name="ejection">When an endpoint that fails real requests is taken out; the default options when null.</param>
/// <param name="time">The clock of ejections; the system's when null.</param>
public sealed class EndpointDirectory(EjectionOptions? ejection = null, TimeProvider? time = null)
{
    private readonly EjectionOptions _ejection = ejection ?? new EjectionOptions();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private EndpointState[] _all = [];

    /// <summary>Raised after an endpoint was added, on the thread that added it.</summary>
    public event Action<EndpointState>? Added;

    /// <summary>The endpoints at this moment, draining ones included.</summary>
    public IReadOnlyList<EndpointState> Endpoints => All;

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
        var added = new EndpointState(service, instance, address, status, _ejection, _time);
        EndpointState? replaced;
        lock (_gate)
        {
            replaced = Find(instance);
            Volatile.Write(ref _all, [.. _all.Where(endpoint => endpoint != replaced), added]);
        }

        replaced?.MarkRemoved();
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

    /// <summary>Waits until a draining instance has no request in flight.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="cancellationToken">Ends the wait; it does not throw then.</param>
    /// <returns>The requests still in flight: 0 when the drain is complete or the instance unknown.</returns>
    /// <exception cref="InvalidOperationException">The instance does not drain: the wait could last for ever.</exception>
    public ValueTask<int> WaitForIdleAsync(string instance, CancellationToken cancellationToken)
        => Find(instance) is { } endpoint ? WaitForIdleAsync(endpoint, cancellationToken) : new ValueTask<int>(0);

    /// <summary>Like <see cref="WaitForIdleAsync(string, CancellationToken)"/>, for an endpoint that may have been removed or replaced since.</summary>
    public async ValueTask<int> WaitForIdleAsync(EndpointState endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsDraining)
        {
            throw new InvalidOperationException($"{endpoint.Name} does not drain and may never be idle: call Drain or Remove first");
        }

        Task idle = endpoint.WhenIdle();
        await idle.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A choice that is being taken back may still be counted for a moment.
        return idle.IsCompleted ? 0 : endpoint.InFlight;
    }
}
