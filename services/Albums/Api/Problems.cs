using Microsoft.AspNetCore.Mvc;

namespace Albums.Api;

/// <summary>Problem details (RFC 9457).</summary>
internal static class Problems
{
    private const string MediaType = "application/problem+json";

    public static IResult Of(int status, string title, string detail) => TypedResults.Json(
        new ProblemDetails { Type = "about:blank", Status = status, Title = title, Detail = detail },
        AlbumsJson.Default.ProblemDetails,
        MediaType,
        status);

    public static IResult Invalid(Dictionary<string, string[]> errors) => TypedResults.Json(
        new HttpValidationProblemDetails(errors)
        {
            Type = "about:blank",
            Status = 400,
            Title = "The album is not valid",
            Detail = "Correct the fields under errors.",
        },
        AlbumsJson.Default.HttpValidationProblemDetails,
        MediaType,
        400);

    public static IResult NotFound(string id) => Of(404, "No such album", $"There is no album '{id}'.");
}
