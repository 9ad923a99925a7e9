using Metering.Hosting;
using Npgsql;

namespace Metering.Api;

/// <summary>Answers what no endpoint answers: unknown paths, bodies that are too large, a database that fails while something is looked up.</summary>
internal sealed class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, ContentType: null, StatusCode: 404 or 405 })
            {
                await Problems.AnswerAsync(
                    context, context.Response.StatusCode, "No such resource", $"{context.Request.Method} {context.Request.Path} is nothing here.");
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left: there is nobody to answer.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, error);
        }
    }

    private Task AnswerAsync(HttpContext context, Exception error)
    {
        switch (error)
        {
            case BadHttpRequestException bad:
                return Problems.AnswerAsync(context, bad.StatusCode, "The request is not acceptable", $"{bad.Message} Nothing was stored.");
            case PostgresException { InvariantSeverity: "ERROR" }:
                break;
            case NpgsqlException or TimeoutException:
                return Problems.UnavailableAsync(context, error.Message);
            default:
                break;
        }

        MeteringLog.RequestFailed(logger, context.Request.Method, context.Request.Path, error);
        return Problems.AnswerAsync(context, 500, "The request failed", "The reason is in the log of the instance.");
    }
}
