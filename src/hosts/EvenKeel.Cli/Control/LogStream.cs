using System.Globalization;
using System.Text.Json;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        var cancellation = ending.Token;
        var lines = cluster.Logs.ReadAsync([.. query["instance"].OfType<string>()], tail, query["follow"] == "true", cancellation);
        http.Response.ContentType = "application/x-ndjson";
        await http.Response.Body.FlushAsync(cancellation);
        try
        {
            await foreach (var line in lines)
            {
                await WriteAsync(http, ClusterViews.Of(line), cancellation);
                await http.Response.Body.FlushAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The cluster goes down, and with it its logs: whoever follows them is told so by their end.
        }
    }

    private static async Task WriteAsync(HttpContext http, LogView line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, ControlJson.Default.LogView, cancellation);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
