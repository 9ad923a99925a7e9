using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A request: one line, or a map that adds headers and a body.</summary>
internal static class RequestSection
{
    public static readonly RequestLineSchema Line = new();

    public static readonly Key<RequestOptions> LineKey = Key.Required("request", Line,
        "Method and path. [Placeholders](#placeholders) are replaced.");

    public static readonly Key<string> Body = Key.Absent("body",
        new TextSchema("text") { Inspect = Placeholders.Inspect, ShortType = "text with [placeholders](#placeholders)" },
        "no body", "The body. Sent as application/json unless the headers say otherwise.", "data", "json");

    public static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Headers = Key.Absent(
        "headers", HeadersOf(Placeholders.Inspect), "no further fields", "Header fields to add.");

    /// <summary>A map of header fields whose values are checked in a way.</summary>
    public static MapSchema<string> HeadersOf(Func<string, (string Code, string Message, string Part, string? Help)?> inspect) => new MapSchema<string>(
        new TextSchema("text on one line", "^[^\r\n]*$")
        {
            Inspect = inspect,
            TakesAnyScalar = true,
            ShortType = "text with [placeholders](#placeholders)",
        },
        "header fields", "a header field that may be set (framing and connection fields are the client's own)",
        "^(?![Cc][Oo][Nn][Tt][Ee][Nn][Tt]-[Ll][Ee][Nn][Gg][Tt][Hh]$|[Tt][Rr][Aa][Nn][Ss][Ff][Ee][Rr]-[Ee][Nn][Cc][Oo][Dd][Ii][Nn][Gg]$|[Cc][Oo][Nn][Nn][Ee][Cc][Tt][Ii][Oo][Nn]$)[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
        0, 100);

    private static readonly ObjectSchema<RequestOptions> Long = new(
        "request", "A request with headers or a body.", [LineKey, Body, Headers], Create);

    /// <summary>A request in either form.</summary>
    public static readonly ShapeSchema<RequestOptions> Schema = new() { Single = Line, Map = Long };

    /// <summary>The request that the shared keys of a map describe.</summary>
    public static RequestOptions Create(KeyValues values) => values.Get(LineKey) with
    {
        Body = values.Find(Body),
        Headers = values.Find(Headers)?.ToDictionary(StringComparer.OrdinalIgnoreCase) ?? [],
    };

    /// <summary>Whether a request has a placeholder anywhere.</summary>
    public static bool Mentions(RequestOptions request, string placeholder) =>
        request.Path.Contains(placeholder, StringComparison.Ordinal)
        || request.Body?.Contains(placeholder, StringComparison.Ordinal) == true
        || request.Headers.Values.Any(v => v.Contains(placeholder, StringComparison.Ordinal));

    /// <summary>Reports a request that must name one element and does not.</summary>
    public static void RequireId(KeyValues values, Key<RequestOptions> key)
    {
        if (values.Has(key) && values.TryGet(key, out var request) && !Mentions(request, "{id}"))
        {
            values.Fail(DiagnosticCodes.UntraceableElement, values.ValueSpan(key),
                $"the request of '{key.Name}' does not say which element: it has no {{id}}",
                null, $"write for example: {key.Name}: {request.Method} /albums/{{id}}");
        }
    }
}
