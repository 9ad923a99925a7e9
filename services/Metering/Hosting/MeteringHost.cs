using EvenKeel.Hosting.Metrics;
using Metering.Aggregation;
using Metering.Api;
using Metering.Batches;
using Metering.Health;
using Metering.Schema;
using Npgsql;

namespace Metering.Hosting;

/// <summary>Builds the web application: Kestrel, the API, health and metrics.</summary>
internal static class MeteringHost
{
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(20);

    public static WebApplication Build(MeteringSettings settings, TimeProvider time)
    {
        // Without it a packed body that breaks off looks like one that ends there.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = "Metering" });
        builder.WebHost.UseSetting(WebHostDefaults.PreferHostingUrlsKey, "false");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(settings.Listen, settings.Port);
            kestrel.Limits.MaxRequestBodySize = BatchReader.MaxBytes;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical);
        builder.Logging.AddFilter("Metering", LogLevel.Information);
        builder.Logging.AddFilter("EvenKeel", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Critical);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        MeteringServices.Add(builder.Services, settings, time);

        WebApplication app = builder.Build();
        MeterCollector collector = app.Services.GetRequiredService<MeterCollector>();
        app.UseMiddleware<FailureMiddleware>();
        HealthEndpoints.Map(
            app,
            app.Services.GetRequiredService<NpgsqlDataSource>(),
            app.Services.GetRequiredService<Preparation>(),
            app.Services.GetService<RedisWindowGate>(),
            time);
        app.MapPost("/api/v1/events", Answer(app.Services.GetRequiredService<EventEndpoint>().AnswerAsync));
        app.MapPost("/v1/events:batch", Answer(app.Services.GetRequiredService<BatchEndpoint>().AnswerAsync));
        app.MapGet("/v1/windows", Answer(app.Services.GetRequiredService<WindowEndpoint>().AnswerAsync));
        app.MapGet("/v1/lag", Answer(app.Services.GetRequiredService<LagEndpoint>().AnswerAsync));
        RequestDelegate metrics = context =>
        {
            context.Response.ContentType = MeterCollector.ContentType;
            return context.Response.WriteAsync(collector.Write(), context.RequestAborted);
        };
        app.MapGet("/metrics", metrics);
        app.MapGet("/actuator/prometheus", metrics);
        return app;
    }

    // A delegate needs no reflection at the start, as a method with other parameters would.
    private static RequestDelegate Answer(Func<HttpContext, Task> answer) => context => answer(context);
}
