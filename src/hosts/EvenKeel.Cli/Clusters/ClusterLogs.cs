using System.Runtime.CompilerServices;
using EvenKeel.Fleet;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Logs;

namespace EvenKeel.Cli.Clusters;

/// <summary>What the instances of a fleet wrote and write.</summary>
internal sealed class ClusterLogs(FleetSupervisor fleet)
{
    /// <summary>How many lines of the past the fleet keeps for each instance.</summary>
    public const int MaxTail = 1000;

    /// <summary>The last lines, merged by time, and then those that come, each once and none left out.</summary>
    /// <param name="names">Instances or services; none means all, also those that are started later.</param>
    /// <param name="tail">How many lines of the past for each instance.</param>
    /// <param name="follow">False to end after the past.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InstanceNotFoundException">A name means nothing.</exception>
    public IAsyncEnumerable<LogLine> ReadAsync(IReadOnlyList<string> names, int tail, bool follow, CancellationToken cancellation)
    {
        var instances = fleet.Snapshot.Instances;
        foreach (var name in names)
        {
            if (!instances.Any(instance => instance.Name == name || instance.Service == name))
            {
                throw new InstanceNotFoundException(
                    name, [.. instances.Select(instance => instance.Service).Distinct(), .. instances.Select(instance => instance.Name)],
                    "instance or service");
            }
        }

        return ReadAsync([.. names], [.. instances.Select(instance => (instance.Name, instance.Service))], tail, follow, cancellation);
    }

    private async IAsyncEnumerable<LogLine> ReadAsync(
        HashSet<string> names, List<(string Name, string Service)> instances, int tail, bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The subscription stands before the past is read, so that no line falls between; those that are in both are left out once.
        var coming = fleet.Follow([], cancellation);
        var past = await Task.WhenAll(
            instances.Where(instance => IsWanted(instance.Name, instance.Service)).Select(instance => fleet.LastLinesAsync(instance.Name, MaxTail)));
        var seen = past.SelectMany(lines => lines).GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        foreach (var line in past.SelectMany(lines => lines.TakeLast(tail)).OrderBy(line => line.Time))
        {
            yield return line;
        }

        if (!follow)
        {
            yield break;
        }

        await foreach (var line in coming)
        {
            var known = line with { MissedBefore = 0 };
            if (seen.GetValueOrDefault(known) is > 0 and var times)
            {
                seen[known] = times - 1;
            }
            else if (IsWanted(line.Instance, line.Service))
            {
                yield return line;
            }
        }

        bool IsWanted(string instance, string service) => names.Count == 0 || names.Contains(instance) || names.Contains(service);
    }
}
