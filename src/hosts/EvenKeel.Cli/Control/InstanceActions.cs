using System.Globalization;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using Microsoft.AspNetCore.Http;

namespace EvenKeel.Cli.Control;

/// <summary>The calls of the control API that change something.</summary>
internal static class InstanceActions
{
    /// <summary><c>POST /api/v1/instances:kill?instance=web-1&amp;instance=web-2</c>, and pause, resume, restart alike.</summary>
    public static Task RunAsync(HttpContext http, RunningCluster cluster)
    {
        var fleet = cluster.Fleet;
        var instances = http.Request.Query["instance"].OfType<string>().ToList();
        if (instances.Count == 0)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", "no instance was named", "add ?instance=web-1, once for each");
        }

        var cancellation = http.RequestAborted;
        return (string?)http.Request.RouteValues["action"] switch
        {
            "kill" => fleet.KillAsync(instances, cancellation),
            "pause" => fleet.PauseAsync(instances, cancellation),
            "resume" => fleet.ResumeAsync(instances, cancellation),
            "restart" => RestartAsync(cluster, instances, cancellation),
            var other => throw new CommandException(ExitCode.Usage, "EK1002", $"'{other}' is no action", "actions are kill, pause, resume and restart"),
        };
    }

    /// <summary><c>POST /api/v1/services/web:scale?instances=5</c>.</summary>
    public static Task ScaleAsync(HttpContext http, RunningCluster cluster)
    {
        if (!int.TryParse(http.Request.Query["instances"], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            throw new CommandException(ExitCode.Usage, "EK1002", "the number of instances is missing or no number", "add ?instances=5");
        }

        return cluster.Fleet.ScaleAsync((string)http.Request.RouteValues["service"]!, count, http.RequestAborted);
    }

    // One after the other: a restart of all at once would be an outage.
    private static async Task RestartAsync(RunningCluster cluster, List<string> instances, CancellationToken cancellation)
    {
        foreach (var instance in instances)
        {
            await cluster.Fleet.RestartAsync(instance, cancellation);
        }
    }
}
