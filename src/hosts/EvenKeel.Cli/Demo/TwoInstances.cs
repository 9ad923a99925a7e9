using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Cli.Demo;

/// <summary>The experiment by hand: both instances are read, an album is added to the second, and both are read again.</summary>
internal static class TwoInstances
{
    /// <summary>Runs it on real processes.</summary>
    /// <returns>True when the two instances diverged.</returns>
    public static async Task<bool> RunAsync(CommandContext context, CancellationToken cancellation)
    {
        var options = Configurations.Load(context.Terminal, DemoFiles.Find("albums-memory.yaml"), null);
        context.Folder.Create();
        var settings = new ClusterSettings
        {
            Name = "demo",
            LogsDirectory = context.Folder.LogsOf("demo"),
            ServersDirectory = Path.Combine(context.Folder.LogsOf("demo"), "servers"),
            Time = context.Time,
            Logs = NullLoggerFactory.Instance,
            AnyGatewayPort = true,
        };
        await using var cluster = await RunningCluster.CreateAsync(options, settings, cancellation);
        await ClusterStart.RunAsync(cluster.Fleet, "the instances did not become ready", $"the whole logs are in {settings.LogsDirectory}", cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var instances = cluster.Fleet.Snapshot.Instances.Select(instance => new AlbumReading(http, instance.Name, instance.Port!.Value)).ToList();

        var before = await ReadAsync(instances, cancellation);
        var id = await instances[1].AddAsync(cancellation);
        var after = await ReadAsync(instances, cancellation);

        context.Terminal.Line($"  {instances[1].Instance} took a new album (id {id}): The Modern Sound of Betty Carter");
        for (var i = 0; i < instances.Count; i++)
        {
            context.Terminal.Line($"  $ curl {instances[i].Address}    # {instances[i].Instance}: {before[i]} albums before, {after[i]} after");
        }

        await cluster.StopAsync();
        return before is [3, 3] && after is [3, 4];
    }

    private static async Task<IReadOnlyList<int>> ReadAsync(IReadOnlyList<AlbumReading> instances, CancellationToken cancellation)
    {
        var counts = new List<int>();
        foreach (var instance in instances)
        {
            counts.Add((await instance.TitlesAsync(cancellation)).Count);
        }

        return counts;
    }
}
