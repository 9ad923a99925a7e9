using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A request of a load: one line, or a map that says more.</summary>
internal static class LoadRequestSection
{
    private static readonly RequestLineSchema Line = new() { InLoad = true };

    private static readonly Key<RequestOptions> LineKey = Key.Absent("request", Line, "that of the request that it `repeats`",
        "Method and path. [Placeholders](#placeholders) are replaced.");

    private static readonly Key<string> Body = Key.Absent("body",
        new TextSchema("text") { Inspect = Placeholders.InspectLoad, ShortType = "text with [placeholders](#placeholders)" },
        "no body", "The body. Sent as application/json unless the headers say otherwise.", "data", "json");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Headers = Key.Absent(
        "headers", RequestSection.HeadersOf(Placeholders.InspectLoad), "no further fields", "Header fields to add.");

    private static readonly Key<string> Name = Key.Absent(
        "name", Scalars.Name, "it has none", "A name by which other requests repeat it, and which the ledger has.");

    private static readonly Key<double> Share = Key.Absent("share", new NumberSchema(0, 1_000_000), "1 when another request has a share",
        "How often it is drawn, compared with the shares of the others. Without any share the requests are sent in turn.", "weight");

    private static readonly Key<string> Repeats = Key.Absent("repeats", Scalars.Name, "it is a request of its own",
        "The name of a request: each time, one of those that succeeded is drawn, and this one is filled with its values. Without another `body` it is the same request.");

    private static readonly Key<ExpectOptions> Expect = Key.Absent(
        "expect", ExpectSection.Schema, "a status from 200 to 399", "What the reply must be.", "check");

    private static readonly ObjectSchema<RequestOptions> Long = new(
        "load-request", "A request of a load with more than a line.", [LineKey, Body, Headers, Name, Share, Repeats, Expect], Create)
    {
        Check = values =>
        {
            if (!values.Has(LineKey) && !values.Has(Repeats))
            {
                values.FailMissing("a request lacks the key 'request' or 'repeats'", "write for example: request: GET /");
            }
        },
        Alternatives = [[[LineKey], [Repeats]]],
    };

    /// <summary>A request in either form.</summary>
    public static readonly ShapeSchema<RequestOptions> Schema = new() { Single = Line, Map = Long };

    /// <summary>Reports names that are there twice, and repeats of what is not there.</summary>
    public static void Check(KeyValues load)
    {
        var requests = (load.Map.Find("requests") as ConfigList)?.Items.OfType<ConfigMap>().ToList() ?? [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in requests.Select(request => request.Find("name")).OfType<ConfigScalar>())
        {
            if (!names.Add(name.Text))
            {
                load.Fail(DiagnosticCodes.DuplicateName, name.Span, $"a request with the name {ConfigScalar.Quote(name.Text)} exists already");
            }
        }

        var originals = requests.Where(request => request.Find("repeats") is null).Select(request => (request.Find("name") as ConfigScalar)?.Text).ToList();
        foreach (var repeated in requests.Select(request => request.Find("repeats")).OfType<ConfigScalar>().Where(text => !originals.Contains(text.Text)))
        {
            load.Fail(DiagnosticCodes.UnknownRequest, repeated.Span, $"there is no request with the name {ConfigScalar.Quote(repeated.Text)}",
                NameSuggestion.Label(repeated.Text, originals.OfType<string>()), "give the request that is repeated a 'name'; a repetition cannot be repeated");
        }
    }

    /// <summary>The requests with what repetitions take from the requests that they repeat.</summary>
    public static IReadOnlyList<RequestOptions> Resolve(IReadOnlyList<RequestOptions> requests) =>
    [
        .. requests.Select(request => request.Repeats is not { } name || requests.First(other => other.Name == name) is not { } original
            ? request : request with
        {
            Method = request.Method.Length > 0 ? request.Method : original.Method,
            Path = request.Method.Length > 0 ? request.Path : original.Path,
            Body = request.Body ?? original.Body,
            Headers = request.Headers.Count > 0 ? request.Headers : original.Headers,
        }),
    ];

    private static RequestOptions Create(KeyValues values) => (values.Find(LineKey) ?? new RequestOptions { Method = "", Path = "" }) with
    {
        Body = values.Find(Body),
        Headers = values.Find(Headers)?.ToDictionary(StringComparer.OrdinalIgnoreCase) ?? [],
        Name = values.Find(Name),
        Share = values.FindValue(Share),
        Repeats = values.Find(Repeats),
        Expect = values.Find(Expect),
    };
}
