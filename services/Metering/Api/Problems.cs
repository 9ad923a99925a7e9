using System.Globalization;
using Metering.Events;
using Metering.Ingest;
using Microsoft.AspNetCore.Mvc;

namespace Metering.Api;

/// <summary>Problem details (RFC 9457).</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    public static Task AnswerAsync(HttpContext context, int status, string title, string detail, TimeSpan? retryAfter = null)
    {
        RetryAfter(context, retryAfter);
        return TypedResults.Json(
            new ProblemDetails { Type = "about:blank", Status = status, Title = title, Detail = detail },
            MeteringJson.Default.ProblemDetails,
            MediaType,
            status).ExecuteAsync(context);
    }

    public static Task InvalidAsync(HttpContext context, IReadOnlyList<EventFault> faults) => TypedResults.Json(
        new HttpValidationProblemDetails(faults
            .GroupBy(fault => fault.Field)
            .ToDictionary(group => group.Key, group => group.Select(fault => fault.Message).ToArray()))
        {
            Type = "about:blank",
            Status = 400,
            Title = "The event is not valid",
            Detail = "Nothing was stored. Correct the fields under errors.",
        },
        MeteringJson.Default.HttpValidationProblemDetails,
        MediaType,
        400).ExecuteAsync(context);

    public static Task FullAsync(HttpContext context) => AnswerAsync(
        context, 429, "Too many events are on their way", "Nothing was stored. Send it again after the time in Retry-After.", TimeSpan.FromSeconds(1));

    public static Task UnavailableAsync(HttpContext context, string detail) =>
        AnswerAsync(context, 503, "The database is not available", $"Nothing was stored. {detail}", TimeSpan.FromSeconds(1));

    public static void RetryAfter(HttpContext context, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    public static Task OfAsync(HttpContext context, IngestOutcome outcome, string eventId) => outcome switch
    {
        IngestOutcome.Conflict => AnswerAsync(
            context, 409, "The id is taken", $"Another event was stored under the id '{eventId}'. Nothing was stored. Two events need two ids."),
        IngestOutcome.Unknown => AnswerAsync(
            context,
            504,
            "The outcome is not known",
            "The database did not confirm. Send the same event again: it is counted once.",
            IngestResilience.BreakTime),
        _ => UnavailableAsync(context, "Send it again after the time in Retry-After."),
    };
}
