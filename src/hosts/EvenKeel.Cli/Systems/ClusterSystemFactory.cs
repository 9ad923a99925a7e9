using EvenKeel.Cli.Clusters;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Systems;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Cli.Systems;

/// <summary>Starts the cluster of a file anew for each scenario.</summary>
internal sealed class ClusterSystemFactory(ClusterOptions cluster, string name, TimeProvider time) : ISystemFactory
{
    public async Task<ISystemUnderTest> StartAsync(string label, double timeScale, string logFolder, CancellationToken cancellationToken)
    {
        var service = cluster.Prove?.Service ?? cluster.Gateway.Routes.FirstOrDefault(route => route.Service.Length > 0)?.Service
            ?? cluster.Services.First(one => one.Server is null).Name;
        var attacked = Attacked(cluster.Prove).ToHashSet(StringComparer.Ordinal);
        var recorder = new SystemRecorder(service, attacked, time);
        var running = await RunningCluster.CreateAsync(cluster, new ClusterSettings
        {
            Name = name,
            LogsDirectory = logFolder,

            // Each scenario begins with empty servers, and what they kept stays with its logs.
            ServersDirectory = Path.Combine(logFolder, "servers"),
            Time = time,
            Logs = NullLoggerFactory.Instance,
            TimeScale = timeScale,
            AnyGatewayPort = true,
            Recorder = recorder,
        }, cancellationToken);
        var system = new ClusterSystem(running, service, attacked, time, recorder);
        system.Start();
        return system;
    }

    private static IEnumerable<string> Attacked(ProveOptions? prove) =>
        (prove?.Faults ?? []).Concat(prove?.Scenarios.SelectMany(scenario => scenario.Faults) ?? []).SelectMany(fault => fault.Targets);
}
