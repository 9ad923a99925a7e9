using System.Globalization;
using System.Text.Json;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Values;
using EvenKeel.Gateway.Endpoints;
using Microsoft.AspNetCore.Http;

namespace EvenKeel.Cli.Control;

/// <summary>The calls of the control API about what the gateway balances over. Each answers with what was observed.</summary>
internal static class EndpointActions
{
    private const int MaxWait = 3600;

    /// <summary><c>GET /api/v1/endpoints</c>.</summary>
    public static Task ListAsync(HttpContext http, RunningCluster cluster) => WriteAsync(http, [.. cluster.Endpoints.List()]);

    /// <summary><c>POST /api/v1/endpoints/web-1:drain?wait=10</c>: no new requests; answers when none is under way.</summary>
    public static async Task DrainAsync(HttpContext http, RunningCluster cluster)
    {
        var wait = 0;
        if (http.Request.Query["wait"] is [{ } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out wait) || wait > MaxWait))
        {
            throw new CommandException(ExitCode.Usage, "EK1002", $"'wait' is no number of seconds from 0 to {MaxWait}", "add ?wait=10");
        }

        await WriteAsync(http, [await cluster.Endpoints.DrainAsync(NameOf(http), TimeSpan.FromSeconds(wait), http.RequestAborted)]);
    }

    /// <summary><c>POST /api/v1/endpoints/web-1:undrain</c>.</summary>
    public static Task UndrainAsync(HttpContext http, RunningCluster cluster) => WriteAsync(http, [cluster.Endpoints.Undrain(NameOf(http))]);

    /// <summary><c>POST /api/v1/endpoints/web-1:disable</c>: no new requests and no checks.</summary>
    public static Task DisableAsync(HttpContext http, RunningCluster cluster) => WriteAsync(http, [cluster.Endpoints.Disable(NameOf(http))]);

    /// <summary><c>POST /api/v1/endpoints/web-1:enable</c>.</summary>
    public static Task EnableAsync(HttpContext http, RunningCluster cluster) => WriteAsync(http, [cluster.Endpoints.Enable(NameOf(http))]);

    /// <summary><c>POST /api/v1/endpoints/web-1:weight?weight=3</c>.</summary>
    public static Task WeighAsync(HttpContext http, RunningCluster cluster) =>
        int.TryParse(http.Request.Query["weight"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
            && weight is >= 1 and <= EndpointDirectory.MaxWeight
            ? WriteAsync(http, [cluster.Endpoints.Weigh(NameOf(http), weight)])
            : throw new CommandException(ExitCode.Usage, "EK1002", $"'weight' is no whole number from 1 to {EndpointDirectory.MaxWeight}",
                "add ?weight=3; an endpoint that shall get nothing is drained or disabled");

    /// <summary><c>POST /api/v1/services/web/endpoints?address=127.0.0.1:9001</c>.</summary>
    public static Task AddAsync(HttpContext http, RunningCluster cluster) =>
        EndpointText.TryParse(http.Request.Query["address"].ToString(), out var address) && address.Port > 0
            ? WriteAsync(http, [cluster.Endpoints.Add((string)http.Request.RouteValues["service"]!, address)])
            : throw new CommandException(ExitCode.Usage, "EK1002", "the address is missing or not valid", "add ?address=127.0.0.1:9001");

    /// <summary><c>DELETE /api/v1/endpoints/web-1</c>.</summary>
    public static Task RemoveAsync(HttpContext http, RunningCluster cluster) => WriteAsync(http, [cluster.Endpoints.Remove(NameOf(http))]);

    private static string NameOf(HttpContext http) => (string)http.Request.RouteValues["endpoint"]!;

    private static Task WriteAsync(HttpContext http, EndpointView[] endpoints)
    {
        http.Response.ContentType = "application/json";
        var list = new EndpointListView(1, "endpointList", endpoints);
        return JsonSerializer.SerializeAsync(http.Response.Body, list, ControlJson.Default.EndpointListView, http.RequestAborted);
    }
}
