using System.Text.Json;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using Microsoft.AspNetCore.Http;

namespace EvenKeel.Cli.Control;

/// <summary>The calls of the control API about the file.</summary>
internal static class ReloadActions
{
    /// <summary><c>POST /api/v1/configuration:reload</c>.</summary>
    public static Task RunAsync(HttpContext http, RunningCluster cluster)
    {
        var outcome = Of(cluster).Reload("api");
        return outcome.Error is { } error
            ? throw new CommandException(ExitCode.Configuration, "EK3013", $"{outcome.File} was not reloaded:\n{error}",
                $"version {outcome.Version} stays in force; mend the file and reload again")
            : WriteAsync(http, outcome);
    }

    /// <summary><c>GET /api/v1/configuration</c>.</summary>
    public static Task ShowAsync(HttpContext http, RunningCluster cluster) => WriteAsync(http, Of(cluster).Last);

    private static Reloading.Reloader Of(RunningCluster cluster) =>
        cluster.Reloader ?? throw new CommandException(ExitCode.Environment, "EK4004", "this cluster was not started from a file that can be read again");

    private static Task WriteAsync(HttpContext http, ReloadView outcome)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, outcome, ControlJson.Default.ReloadView, http.RequestAborted);
    }
}
