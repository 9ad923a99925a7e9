using System.Net;
using EvenKeel.Cli.Clusters;
using EvenKeel.Telemetry.Exposition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace EvenKeel.Cli.Metrics;

/// <summary>
/// What a monitor may read of a running cluster, on a listener of its own that can change nothing and needs no token, on loopback only:
/// <c>/metrics</c>, <c>/livez</c> and <c>/readyz</c>.
/// </summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private const int DefaultPort = 7401;
    private const int PortsToTry = 100;

    private readonly WebApplication _app;

    private MetricsServer(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    /// <summary>Listens on port 7401, or on the next free one.</summary>
    public static async Task<MetricsServer> StartAsync(RunningCluster cluster, CancellationToken cancellation)
    {
        for (var port = DefaultPort; ; port++)
        {
            var app = Build(cluster, port);
            try
            {
                await app.StartAsync(cancellation);
                return new MetricsServer(app, new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (IOException) when (port < DefaultPort + PortsToTry)
            {
                await app.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static WebApplication Build(RunningCluster cluster, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 100;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/metrics", http => WriteAsync(http, 200, PrometheusText.ContentType, PrometheusText.Write(cluster.Metrics())));
        app.MapGet("/livez", http => WriteHealthAsync(http, isWell: true, "ok"));
        app.MapGet("/readyz", http => WriteHealthAsync(http, cluster.IsServing, cluster.IsServing ? "ok" : "the gateway does not take connections"));
        return app;
    }

    private static Task WriteHealthAsync(HttpContext http, bool isWell, string gateway) => WriteAsync(http, isWell ? 200 : 503, "application/json",
        $$"""{"status":"{{(isWell ? "ok" : "unavailable")}}","checks":[{"name":"gateway","status":"{{gateway}}"}]}""");

    private static Task WriteAsync(HttpContext http, int status, string type, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
