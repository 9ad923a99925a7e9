using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet.Actions;

/// <summary>Starts, stops, scales and restarts, and waits until it is so.</summary>
internal sealed class LifecycleActions(FleetContext fleet, Roster roster, ActionDesk desk)
{
    // What the fleet itself needs on top of the times of the service: signals, scans of the system, the last output.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);
    private bool _started;
    private bool _stopping;

    /// <summary>Starts all instances, each service after those that it names, and waits until each is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await desk.DoAsync<string>(
            () =>
            {
                if (_started)
                {
                    throw new InvalidOperationException("The fleet was started already; make a new one to start again.");
                }

                _started = true;
                foreach (var group in roster.Groups)
                {
                    for (var i = 0; i < group.Service.Instances; i++)
                    {
                        group.Add();
                    }
                }

                return () => "";
            },
            Margin,
            () => new TimeoutException("The fleet did not get to start its processes."),
            cancellationToken).ConfigureAwait(false);
        var starts = new Dictionary<string, Task<IReadOnlyList<string>>>(StringComparer.Ordinal);
        foreach (var service in fleet.Options.InStartOrder())
        {
            List<(string, Task<IReadOnlyList<string>>)> before = [.. service.After.Where(starts.ContainsKey).Select(name => (name, starts[name]))];
            starts[service.Name] = StartAsync(service.Name, before, cancellationToken);
        }

        var failures = await Task.WhenAll(starts.Values).ConfigureAwait(false);
        if (failures.Any(failed => failed.Count > 0))
        {
            throw new InstanceActionException([.. failures.SelectMany(failed => failed)]);
        }
    }

    /// <summary>Stops all instances, also those that are about to start: each service after those that start after it.</summary>
    public async Task<IReadOnlyList<StopReport>> StopAsync(CancellationToken cancellationToken)
    {
        var reports = new List<StopReport>();
        var left = new List<string>();
        foreach (var wave in fleet.Options.StopWaves())
        {
            List<Instance> all = [];
            var limit = wave.Select(service => service.Drain.Timeout + service.Drain.Grace).DefaultIfEmpty().Max() + Margin;
            try
            {
                reports.AddRange(await desk.DoAsync<IReadOnlyList<StopReport>>(
                    () =>
                    {
                        _stopping = _started = true;
                        all.AddRange(roster.Instances.Where(instance => wave.Any(service => service.Name == instance.Service.Name)));
                        StopEach(all);
                        return () => Stopped(all);
                    },
                    limit,
                    () => NotStopped(all),
                    cancellationToken).ConfigureAwait(false));
            }
            catch (InstanceActionException error)
            {
                // What comes before the rest is stopped all the same.
                left.AddRange(error.Failures);
            }
        }

        return left.Count == 0 ? reports : throw new InstanceActionException(left);
    }

    /// <summary>Brings a service to a number of instances.</summary>
    public async Task<ScaleReport> ScaleAsync(string service, int instances, CancellationToken cancellationToken)
    {
        List<Instance> added = [];
        List<Instance> removed = [];
        var drain = fleet.Options.Services.FirstOrDefault(options => options.Name == service)?.Drain;
        var stopping = desk.DoAsync<IReadOnlyList<StopReport>>(
            () =>
            {
                RefuseUnlessRunning();
                var group = roster.Group(service);
                RefuseUnlessPossible(group, instances);
                var staying = group.Staying;
                fleet.Events.Publish(new ServiceScaled(staying.Count, instances) { Service = service });
                added.AddRange(Enumerable.Range(0, Math.Max(0, instances - staying.Count)).Select(_ => group.Add()));
                added.ForEach(instance => instance.Begin());
                removed.AddRange(staying.Skip(instances));
                removed.ForEach(instance => instance.Leaving = true);
                StopEach(removed);
                return () => Stopped(removed);
            },
            (drain is null ? TimeSpan.Zero : drain.Timeout + drain.Grace) + Margin,
            () => NotStopped(removed),
            cancellationToken);
        var stopped = await stopping.ConfigureAwait(false);
        await ReadyAsync(added, cancellationToken).ConfigureAwait(false);
        return new ScaleReport(service, [.. added.Select(instance => instance.Name)], stopped);
    }

    /// <summary>Stops an instance in order and starts it again; an instance that waits for its restart is started at once.</summary>
    public async Task<StopReport> RestartAsync(string name, CancellationToken cancellationToken)
    {
        var service = fleet.Options.Services.FirstOrDefault(options => name.StartsWith(options.Name + "-", StringComparison.Ordinal));
        Instance? instance = null;
        StopReport? before = null;
        var next = 0;
        var report = await desk.DoAsync<StopReport>(
            () =>
            {
                RefuseUnlessRunning();
                instance = roster.Find(name);
                if (instance.Intent != InstanceIntent.Run || instance.State is InstanceState.Draining or InstanceState.Stopping)
                {
                    throw new InstanceActionException(
                        [$"Cannot restart {name}: it is on its way out already ({instance.State.ToString().ToLowerInvariant()})."]) { IsRefusal = true };
                }

                next = instance.Generation + 1;
                before = instance.LastStop;
                instance.Stop(InstanceIntent.Replace);
                return () => ReferenceEquals(instance.LastStop, before) ? null : instance.LastStop;
            },
            (service is null ? TimeSpan.Zero : service.Drain.Timeout + service.Drain.Grace) + Margin,
            () => NotStopped([instance!]),
            cancellationToken).ConfigureAwait(false);
        await ReadyAsync([instance!], cancellationToken, next).ConfigureAwait(false);
        return report;
    }

    // A service whose predecessor did not become ready is not started: its own failure would hide the cause.
    private async Task<IReadOnlyList<string>> StartAsync(
        string service, IReadOnlyList<(string Name, Task<IReadOnlyList<string>> Start)> before, CancellationToken cancellationToken)
    {
        foreach (var (name, start) in before)
        {
            if ((await start.ConfigureAwait(false)).Count > 0)
            {
                return [$"{service} was not started, because {name} is not ready"];
            }
        }

        var starting = await desk.DoAsync<IReadOnlyList<Instance>>(
            () =>
            {
                List<Instance> all = _stopping ? [] : [.. roster.Group(service).Instances];
                all.ForEach(instance => instance.Begin());
                return () => all;
            },
            Margin,
            () => new TimeoutException("The fleet did not get to start its processes."),
            cancellationToken).ConfigureAwait(false);
        return await FailuresAsync(starting, cancellationToken).ConfigureAwait(false);
    }

    private static void StopEach(IReadOnlyList<Instance> instances)
    {
        foreach (var instance in instances.Where(instance => instance.Intent != InstanceIntent.Stop))
        {
            instance.Stop(InstanceIntent.Stop);
        }
    }

    private static IReadOnlyList<StopReport>? Stopped(IReadOnlyList<Instance> instances) =>
        instances.All(instance => instance.State == InstanceState.Stopped)
            ? [.. instances.Select(instance => instance.LastStop).OfType<StopReport>()]
            : null;

    private static InstanceActionException NotStopped(IReadOnlyList<Instance> instances) =>
        new(
        [
            .. instances.Where(instance => instance.Life is not null).Select(instance =>
                $"{instance.Name} did not stop in time; alive in its session: {string.Join(", ", instance.Life!.Process.Members())}"),
        ]);

    private static void RefuseUnlessPossible(ServiceGroup group, int instances)
    {
        if (instances < 0 || instances > group.Limit)
        {
            throw new ArgumentOutOfRangeException(
                nameof(instances),
                instances,
                group.Limit < ServiceGroup.MostInstances
                    ? $"{group.Service.Name} names {group.Limit} {(group.Limit == 1 ? "port" : "ports")}, so it can have 0 to {group.Limit} instances; "
                        + "name more ports, or none."
                    : $"{group.Service.Name} can have 0 to {ServiceGroup.MostInstances} instances.");
        }
    }

    private async Task ReadyAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken, int notBefore = 0)
    {
        var failures = await FailuresAsync(instances, cancellationToken, notBefore).ConfigureAwait(false);
        if (failures.Count > 0)
        {
            throw new InstanceActionException(failures);
        }
    }

    private async Task<IReadOnlyList<string>> FailuresAsync(IReadOnlyList<Instance> instances, CancellationToken cancellationToken, int notBefore = 0)
    {
        var failures = await Task.WhenAll(instances.Select(instance => WhyNotReadyAsync(instance, notBefore, cancellationToken)))
            .ConfigureAwait(false);
        return [.. failures.Where(failure => failure.Length > 0)];
    }

    private async Task<string> WhyNotReadyAsync(Instance instance, int notBefore, CancellationToken cancellationToken)
    {
        var limit = instance.Service.Restart.Delay + instance.Service.Health.Start;
        try
        {
            return await desk.DoAsync<string>(
                () => () => ActionDesk.ReadyOrWhyNot(instance, notBefore),
                limit,
                () => new TimeoutException(ActionDesk.NotReady(instance, limit)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            return late.Message;
        }
    }

    private void RefuseUnlessRunning()
    {
        if (!_started || _stopping)
        {
            throw new InvalidOperationException(_stopping ? "The fleet is stopping or stopped." : "The fleet was not started yet.");
        }
    }
}
