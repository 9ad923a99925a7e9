using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Logs;
using EvenKeel.Fleet.Mailboxes;
using EvenKeel.Fleet.Probes;

namespace EvenKeel.Fleet;

/// <summary>
/// Runs the instances of a cluster: starts them, proves that they are ready, starts them again when they end, and stops them without
/// losing a request. Every action completes when its effect was observed, and fails with a sentence per instance otherwise. Any thread
/// may call anything. Cancelling an action ends the wait for it; what it began goes on.
/// </summary>
public sealed class FleetSupervisor : IAsyncDisposable
{
    private static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(10);
    private readonly FleetContext _fleet;
    private readonly Roster _roster;
    private readonly Observations _observations = new();
    private readonly ActionDesk _desk;
    private readonly LifecycleActions _lifecycle;
    private readonly FaultActions _faults;
    private FleetSnapshot _snapshot;
    private int _disposed;

    /// <summary>Makes a fleet that runs nothing yet.</summary>
    /// <exception cref="ArgumentException">Two services share a name, or one names fewer ports than instances.</exception>
    public FleetSupervisor(FleetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        var mailbox = new SerialMailbox(options.Time, options.Logger, AfterEach);
        _fleet = new FleetContext(
            options,
            mailbox,
            new EventFeed(options.Time, options.Logger, options.Recorder),
            new LogFeed(),
            options.Probe ?? new SocketProbe(options.Time));
        _roster = new Roster(_fleet);
        _snapshot = new FleetSnapshot(0, _fleet.Clock, []);
        _desk = new ActionDesk(mailbox, _observations, options.Time);
        _lifecycle = new LifecycleActions(_fleet, _roster, _desk);
        _faults = new FaultActions(_fleet, _roster, _desk);
    }

    /// <summary>The newest snapshot. It is at least as new as every event that was handed out.</summary>
    public FleetSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The events from this call on, until the token ends or the fleet is disposed. A slow reader gets <see cref="EventsMissed"/>.</summary>
    public IAsyncEnumerable<FleetEvent> Watch(CancellationToken cancellationToken) => _fleet.Events.Watch(cancellationToken);

    /// <summary>What the named instances write from this call on, or all when none is named. A slow reader misses lines and is told.</summary>
    public IAsyncEnumerable<LogLine> Follow(IReadOnlyCollection<string> instances, CancellationToken cancellationToken) =>
        _fleet.Logs.Follow(instances, cancellationToken);

    /// <summary>The last lines of an instance over all its lives, oldest first; up to 1000 are kept.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    public Task<IReadOnlyList<LogLine>> LastLinesAsync(string instance, int count) =>
        _fleet.Mailbox.AskAsync(() => _roster.Find(instance).Log.Last(count));

    /// <summary>Starts all instances and waits until each is ready.</summary>
    /// <exception cref="InstanceActionException">Some are not: the program cannot be run, they end again and again, or they took longer than
    /// their start limit. The fleet goes on trying until it is stopped.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => _lifecycle.StartAsync(cancellationToken);

    /// <summary>Stops all instances: out of the traffic, drain, SIGTERM, grace, SIGKILL. Also in the middle of a start.</summary>
    /// <returns>How each stopped.</returns>
    /// <exception cref="InstanceActionException">Some did not, not even after SIGKILL.</exception>
    public Task<IReadOnlyList<StopReport>> StopAsync(CancellationToken cancellationToken) => _lifecycle.StopAsync(cancellationToken);

    /// <summary>Brings a service to a number of instances: new ones take the lowest free numbers, the highest numbers leave.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="instances">0 to 100, or to the number of ports that the service names.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceNotFoundException">There is no such service.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is not possible.</exception>
    /// <exception cref="InstanceActionException">A new one is not ready, or an old one did not stop.</exception>
    public Task<ScaleReport> ScaleAsync(string service, int instances, CancellationToken cancellationToken) =>
        _lifecycle.ScaleAsync(service, instances, cancellationToken);

    /// <summary>SIGKILL to the sessions of the instances, to all before any is waited for; completes when all their processes are gone.
    /// The instances are started again as after a crash.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance; nothing was done.</exception>
    /// <exception cref="InstanceActionException">One has no process (nothing was done), or is still there.</exception>
    public Task<IReadOnlyList<ActionReceipt>> KillAsync(IReadOnlyCollection<string> instances, CancellationToken cancellationToken) =>
        _faults.KillAsync(instances, cancellationToken);

    /// <summary>SIGSTOP to the sessions of the instances; completes when all their processes are observed to be frozen. Their readiness
    /// is still judged, their liveness is not.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance; nothing was done.</exception>
    /// <exception cref="InstanceActionException">One cannot be paused (nothing was done), or was not seen to freeze.</exception>
    public Task<IReadOnlyList<ActionReceipt>> PauseAsync(IReadOnlyCollection<string> instances, CancellationToken cancellationToken) =>
        _faults.PauseAsync(instances, cancellationToken);

    /// <summary>SIGCONT to paused instances; completes when none of their processes is frozen.</summary>
    /// <exception cref="InstanceNotFoundException">There is no such instance; nothing was done.</exception>
    /// <exception cref="InstanceActionException">One is not paused (nothing was done), or was not seen to thaw.</exception>
    public Task<IReadOnlyList<ActionReceipt>> ResumeAsync(IReadOnlyCollection<string> instances, CancellationToken cancellationToken) =>
        _faults.ResumeAsync(instances, cancellationToken);

    /// <summary>Stops an instance in order, starts it again and waits until it is ready. One that waits for its restart starts at once.</summary>
    /// <returns>How its life before stopped.</returns>
    /// <exception cref="InstanceNotFoundException">There is no such instance.</exception>
    /// <exception cref="InstanceActionException">It is being stopped, did not stop, or is not ready again.</exception>
    public Task<StopReport> RestartAsync(string instance, CancellationToken cancellationToken) =>
        _lifecycle.RestartAsync(instance, cancellationToken);

    /// <summary>Kills what still runs, without any drain, and ends all readers. Stop first to lose nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        try
        {
            await _desk.DoAsync<string>(
                () =>
                {
                    foreach (var instance in _roster.Instances)
                    {
                        instance.Abort();
                    }

                    return () => _roster.Instances.All(instance => instance.State == InstanceState.Stopped) ? "" : null;
                },
                DisposeLimit,
                () => new TimeoutException("Sessions are left that even SIGKILL did not end."),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException error)
        {
            FleetLog.DisposeFailed(_fleet.Options.Logger, error);
        }

        await _fleet.Mailbox.DisposeAsync().ConfigureAwait(false);
        _observations.Close();
        foreach (var instance in _roster.Instances)
        {
            instance.Dispose();
        }

        _fleet.Events.Close();
        _fleet.Logs.Close();
    }

    private static void Validate(FleetOptions options)
    {
        foreach (var service in options.Services)
        {
            if (options.Services.Count(other => other.Name == service.Name) > 1)
            {
                throw new ArgumentException($"Two services are called '{service.Name}'; names must differ.", nameof(options));
            }

            if (service.Ports.Count > 0 && service.Ports.Count < service.Instances)
            {
                throw new ArgumentException(
                    $"'{service.Name}' names {service.Ports.Count} {(service.Ports.Count == 1 ? "port" : "ports")} for {service.Instances} instances; "
                    + "name one for each, or none.",
                    nameof(options));
            }
        }
    }

    // After every job: the snapshot, then the events that led to it, then the actions that waited for it.
    private void AfterEach()
    {
        _roster.ForgetGone();
        IReadOnlyList<InstanceSnapshot> instances = [.. _roster.Instances.Select(instance => instance.Snapshot())];
        if (!instances.SequenceEqual(_snapshot.Instances))
        {
            Volatile.Write(ref _snapshot, new FleetSnapshot(_snapshot.Version + 1, _fleet.Clock, instances));
        }

        _fleet.Events.Flush();
        _observations.Look();
    }
}
