using Albums.Api;
using Albums.Stores;

namespace Albums.Health;

/// <summary>/livez: the process serves requests. /readyz: its store answers as well.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IAlbumStore store)
    {
        routes.MapGet("/livez", context => AnswerAsync(context, new HealthReport("ok", [])));
        routes.MapGet("/readyz", async context =>
        {
            HealthReport report;
            try
            {
                await store.CheckAsync(context.RequestAborted);
                report = new HealthReport("ok", [new HealthCheck("store", "ok")]);
            }
            catch (StoreUnavailableException error)
            {
                report = new HealthReport("unavailable", [new HealthCheck("store", "unavailable", error.Message)]);
            }

            await AnswerAsync(context, report);
        });
    }

    private static Task AnswerAsync(HttpContext context, HealthReport report) =>
        TypedResults.Json(report, AlbumsJson.Default.HealthReport, contentType: null, statusCode: report.Status == "ok" ? 200 : 503).ExecuteAsync(context);
}
