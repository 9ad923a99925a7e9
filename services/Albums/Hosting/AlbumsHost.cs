using System.Net;
using Albums.Api;
using Albums.Health;
using Albums.Stores;

namespace Albums.Hosting;

/// <summary>Builds the web application: Kestrel on 127.0.0.1, the API, health, and little else.</summary>
internal static class AlbumsHost
{
    private const int MaxBody = 16 * 1024;

    public static WebApplication Build(AlbumsSettings settings, IAlbumStore store, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = "Albums" });
        builder.WebHost.UseSetting(WebHostDefaults.PreferHostingUrlsKey, "false");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, settings.Port);
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical);
        builder.Logging.AddFilter("Albums", LogLevel.Information);
        builder.Services.AddSingleton(time);

        WebApplication app = builder.Build();
        app.UseMiddleware<FailureMiddleware>();
        HealthEndpoints.Map(app, store);
        AlbumEndpoints.Map(app, store);
        return app;
    }
}
