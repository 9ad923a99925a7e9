using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Addresses;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Probes;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Traffic;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet;

/// <summary>What a fleet runs, and with what.</summary>
public sealed record FleetOptions
{
    /// <summary>The cluster's name; instances see it as <c>service.namespace</c>.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The services, each with its own name.</summary>
    public required IReadOnlyList<ServiceOptions> Services { get; init; }

    /// <summary>Starts the processes; a guarded spawner ends them should this program die.</summary>
    public required IProcessSpawner Spawner { get; init; }

    /// <summary>Reserves the ports of the instances.</summary>
    public required IPortSource Ports { get; init; }

    /// <summary>Hears which instances may get requests. Default: nobody does.</summary>
    public IInstanceTraffic Traffic { get; init; } = new NoTraffic();

    /// <summary>Gets every event without loss, or null.</summary>
    public IFleetRecorder? Recorder { get; init; }

    /// <summary>The connection string of the shared state, given to instances as <c>ConnectionStrings__EvenKeel</c>; null gives none.</summary>
    public string? StateConnection { get; init; }

    /// <summary>The folder for <c>web-1.log</c> and so on, or null to write no files.</summary>
    public string? LogsDirectory { get; init; }

    /// <summary>The environment that instances inherit. Usually that of this program.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The seed of the jitter between restarts.</summary>
    public int Seed { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The log. Default: none.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The services, each after those that it starts after. Services that wait for each other come last, as the file has them.</summary>
    internal IReadOnlyList<ServiceOptions> InStartOrder()
    {
        var ordered = new List<ServiceOptions>();
        var left = Services.ToList();
        while (left.Find(service => !service.After.Any(name => left.Exists(other => other.Name == name))) is { } next)
        {
            ordered.Add(next);
            left.Remove(next);
        }

        return [.. ordered, .. left];
    }

    /// <summary>The services in groups that stop together: each after all that start after it.</summary>
    internal IReadOnlyList<IReadOnlyList<ServiceOptions>> StopWaves()
    {
        var waves = new List<IReadOnlyList<ServiceOptions>>();
        var left = Services.ToList();
        while (left.Count > 0)
        {
            var wave = left.FindAll(service => !left.Exists(other => other.After.Contains(service.Name)));
            waves.Add(wave.Count > 0 ? wave : [.. left]);
            left.RemoveAll(waves[^1].Contains);
        }

        return waves.Count > 0 ? waves : [[]];
    }

    /// <summary>Tests put a check of their own here.</summary>
    internal IInstanceProbe? Probe { get; init; }
}
