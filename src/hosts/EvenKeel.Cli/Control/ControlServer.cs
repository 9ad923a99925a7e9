using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EvenKeel.Cli.Control;

/// <summary>
/// The control API of a running cluster, on loopback only. Every call needs the token of the run folder; a call whose Host or Origin is not
/// this machine is refused, so that no page in a browser can make it. Actions answer when their effect was observed.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const int DefaultPort = 7400;
    private const int PortsToTry = 100;
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;

    private ControlServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Listens on port 7400, or on the next free one.</summary>
    /// <param name="cluster">What is controlled.</param>
    /// <param name="token">What callers must show.</param>
    /// <param name="down">Called when somebody asks the cluster to stop.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ControlServer> StartAsync(RunningCluster cluster, string token, Action down, CancellationToken cancellation)
    {
        for (var port = DefaultPort; ; port++)
        {
            var app = Build(cluster, token, down, port);
            try
            {
                await app.StartAsync(cancellation);
                return new ControlServer(app, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (IOException) when (port < DefaultPort + PortsToTry)
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>Ends it in order: what was asked is answered first, for a second at most; then connections are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(LastAnswers, TimeProvider.System);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(RunningCluster cluster, string token, Action down, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Use(next => http => GuardAsync(http, token, next));
        app.UseRouting();
        Map(app, cluster, down);
        return app;
    }

    /// <summary>All operations; <c>openapi.json</c> describes each.</summary>
    internal static void Map(IEndpointRouteBuilder routes, RunningCluster cluster, Action down)
    {
        routes.MapGet("/api/v1/instances", http => WriteAsync(http, cluster));
        routes.MapGet("/api/v1/logs", http => LogStream.WriteAsync(http, cluster));
        routes.MapPost("/api/v1/instances:{action}", http => InstanceActions.RunAsync(http, cluster));
        routes.MapPost("/api/v1/services/{service}:scale", http => InstanceActions.ScaleAsync(http, cluster));
        routes.MapGet("/api/v1/openapi.json", WriteDescriptionAsync);
        routes.MapGet("/api/v1/endpoints", http => EndpointActions.ListAsync(http, cluster));
        routes.MapPost("/api/v1/endpoints/{endpoint}:drain", http => EndpointActions.DrainAsync(http, cluster));
        routes.MapPost("/api/v1/endpoints/{endpoint}:undrain", http => EndpointActions.UndrainAsync(http, cluster));
        routes.MapPost("/api/v1/endpoints/{endpoint}:disable", http => EndpointActions.DisableAsync(http, cluster));
        routes.MapPost("/api/v1/endpoints/{endpoint}:enable", http => EndpointActions.EnableAsync(http, cluster));
        routes.MapPost("/api/v1/endpoints/{endpoint}:weight", http => EndpointActions.WeighAsync(http, cluster));
        routes.MapDelete("/api/v1/endpoints/{endpoint}", http => EndpointActions.RemoveAsync(http, cluster));
        routes.MapPost("/api/v1/services/{service}/endpoints", http => EndpointActions.AddAsync(http, cluster));
        routes.MapGet("/api/v1/configuration", http => ReloadActions.ShowAsync(http, cluster));
        routes.MapPost("/api/v1/configuration:reload", http => ReloadActions.RunAsync(http, cluster));
        routes.MapPost("/api/v1/cluster:down", async http =>
        {
            // The answer goes first: the end of the cluster is the end of this server too.
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            await http.Response.CompleteAsync();
            down();
        });
    }

    private static async Task WriteDescriptionAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await using var description = typeof(ControlServer).Assembly.GetManifestResourceStream("openapi.json")!;
        await description.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static Task WriteAsync(HttpContext http, RunningCluster cluster)
    {
        http.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(http.Response.Body, cluster.View(), ControlJson.Default.ClusterView, http.RequestAborted);
    }

    private static async Task GuardAsync(HttpContext http, string token, RequestDelegate next)
    {
        var isLocal = http.Request.Host.Host is "127.0.0.1" or "localhost" && http.Request.Headers.Origin.Count == 0;
        var given = Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString());
        if (!isLocal || !CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes("Bearer " + token)))
        {
            await RefuseAsync(http, new CommandException(ExitCode.Environment, "EK1004", "the token is missing or wrong",
                "send 'Authorization: Bearer TOKEN' with the content of .evenkeel/run/NAME.token"), StatusCodes.Status401Unauthorized);
            return;
        }

        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.ContentType is null
                && (http.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed))
            {
                // Routing answers with 405 for some paths that nobody has: its table splits no segment before it looks at the method.
                var problem = new CommandException(ExitCode.NotFound, "EK4001", $"there is no operation {http.Request.Method} {http.Request.Path}",
                    "GET /api/v1/openapi.json describes those that there are");
                await RefuseAsync(http, problem, StatusCodes.Status404NotFound);
            }
        }
        catch (Exception error) when (!http.Response.HasStarted && FleetProblems.Of(error) is { } problem)
        {
            await RefuseAsync(http, problem, problem.Exit == ExitCode.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);
        }
    }

    private static Task RefuseAsync(HttpContext http, CommandException problem, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        var view = new ProblemView(problem.Message, status, problem.Code, (int)problem.Exit, problem.Help);
        return JsonSerializer.SerializeAsync(http.Response.Body, view, ControlJson.Default.ProblemView, http.RequestAborted);
    }
}
