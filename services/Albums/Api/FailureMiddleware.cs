using Albums.Hosting;
using Albums.Stores;

namespace Albums.Api;

/// <summary>
/// Turns failures into answers that do not lie: 503 says that nothing happened and a repetition is welcome, 504 that a write may have
/// happened. A proof that counts operations depends on the difference.
/// </summary>
internal sealed class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private long _lastUnavailable;

    public async Task InvokeAsync(HttpContext context)
    {
        IResult? answer = null;
        try
        {
            await next(context);
            answer = context.Response is { HasStarted: false, ContentType: null, StatusCode: 404 or 405 }
                ? Problems.Of(
                    context.Response.StatusCode,
                    "No such resource",
                    $"{context.Request.Method} {context.Request.Path} is nothing here; albums are at /albums.")
                : null;
        }
        catch (StoreUnavailableException error)
        {
            ReportUnavailable(error);
            context.Response.Headers.RetryAfter = "1";
            answer = Problems.Of(503, "The store is not available", $"Nothing was changed. {error.Message}");
        }
        catch (StoreOutcomeUnknownException error)
        {
            AlbumsLog.OutcomeUnknown(logger, error.Message);
            answer = Problems.Of(504, "The outcome is not known", $"The change may or may not have been made. {error.Message}");
        }
        catch (BadHttpRequestException error)
        {
            answer = Problems.Of(error.StatusCode, "The request is not acceptable", error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left: there is nobody to answer.
        }
        catch (Exception error)
        {
            AlbumsLog.RequestFailed(logger, context.Request.Method, context.Request.Path, error);
            answer = Problems.Of(500, "The request failed", "The reason is in the log of the instance.");
        }

        if (answer is not null && !context.Response.HasStarted)
        {
            await answer.ExecuteAsync(context);
        }
    }

    /// <summary>One line in five seconds: a store that is down fails every request.</summary>
    private void ReportUnavailable(StoreUnavailableException error)
    {
        long now = time.GetTimestamp();
        long last = Interlocked.Read(ref _lastUnavailable);
        if ((last == 0 || time.GetElapsedTime(last, now) > Quiet) && Interlocked.CompareExchange(ref _lastUnavailable, now, last) == last)
        {
            AlbumsLog.StoreUnavailable(logger, error.Message);
        }
    }
}
