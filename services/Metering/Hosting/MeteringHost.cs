using System.Net;
using Metering.Health;
using Npgsql;

namespace Metering.Hosting;

/// <summary>Builds the web application: Kestrel on 127.0.0.1, the API and health.</summary>
internal static class MeteringHost
{
    public static WebApplication Build(MeteringSettings settings, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = "Metering" });
        builder.WebHost.UseSetting(WebHostDefaults.PreferHostingUrlsKey, "false");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, settings.Port);
            kestrel.AddServerHeader = false;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical);
        builder.Logging.AddFilter("Metering", LogLevel.Information);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(settings.Database));

        WebApplication app = builder.Build();
        HealthEndpoints.Map(app, app.Services.GetRequiredService<NpgsqlDataSource>(), () => settings.Redis is null ? "OFF" : "UP", time);
        return app;
    }
}
