using System.Globalization;
using System.Text.Json;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using Microsoft.AspNetCore.Http;

namespace EvenKeel.Cli.Control;

/// <summary><c>GET /api/v1/logs</c>: the last lines of instances, one JSON document a line, and with <c>follow=true</c> those that come.</summary>
internal static class LogStream
{
    private const int MaxTail = 1000;

    public static async Task WriteAsync(HttpContext http, RunningCluster cluster)
    {
        var query = http.Request.Query;
        if (!int.TryParse(query["tail"], NumberStyles.None, CultureInfo.InvariantCulture, out var tail) || tail > MaxTail)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", $"the number of past lines must be 0 to {MaxTail}");
        }

        var names = cluster.Match([.. query["instance"].OfType<string>()]);
        var cancellation = http.RequestAborted;

        // The subscription stands before the past is read, so that no line falls between; lines seen twice are left out.
        var coming = cluster.Fleet.Follow(names, cancellation);
        var last = DateTimeOffset.MinValue;
        http.Response.ContentType = "application/x-ndjson";
        foreach (var line in await cluster.PastLinesAsync(names, tail))
        {
            last = line.Time;
            await WriteAsync(http, line, cancellation);
        }

        await http.Response.Body.FlushAsync(cancellation);
        if (query["follow"] != "true")
        {
            return;
        }

        await foreach (var line in coming.WithCancellation(cancellation))
        {
            if (line.Time > last)
            {
                await WriteAsync(http, ClusterViews.Of(line), cancellation);
                await http.Response.Body.FlushAsync(cancellation);
            }
        }
    }

    private static async Task WriteAsync(HttpContext http, LogView line, CancellationToken cancellation)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, ControlJson.Default.LogView, cancellation);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
    }
}
