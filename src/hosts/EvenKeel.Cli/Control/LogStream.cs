using System.Globalization;
using System.Text.Json;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using Microsoft.AspNetCore.Http;

namespace EvenKeel.Cli.Control;

/// <summary><c>GET /api/v1/logs</c>: the last lines of instances, one JSON document a line, and with <c>follow=true</c> those that come.</summary>
internal static class LogStream
{
    public static async Task WriteAsync(HttpContext http, RunningCluster cluster)
    {
        var query = http.Request.Query;
        if (!int.TryParse(query["tail"], NumberStyles.None, CultureInfo.InvariantCulture, out var tail) || tail > ClusterLogs.MaxTail)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", $"the number of past lines must be 0 to {ClusterLogs.MaxTail}");
        }

        var cancellation = http.RequestAborted;
        var lines = cluster.Logs.ReadAsync([.. query["instance"].OfType<string>()], tail, query["follow"] == "true", cancellation);
        http.Response.ContentType = "application/x-ndjson";
        await http.Response.Body.FlushAsync(cancellation);
        await foreach (var line in lines)
        {
            await WriteAsync(http, ClusterViews.Of(line), cancellation);
            await http.Response.Body.FlushAsync(cancellation);
        }
    }

    private static async Task WriteAsync(HttpContext http, LogView line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, ControlJson.Default.LogView, cancellation);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
