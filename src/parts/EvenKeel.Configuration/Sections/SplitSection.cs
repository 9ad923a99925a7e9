using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Several services that share a route's requests.</summary>
internal static class SplitSection
{
    private static readonly Key<string> Header = Key.Absent("header",
        new TextSchema("the name of a header field", "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$") { ShortType = "field name" },
        "not by a header", "Equal values of this header field go to the same service.");

    private static readonly Key<string> Cookie = Key.Absent("cookie",
        new TextSchema("the name of a cookie", "^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$") { ShortType = "cookie name" },
        "not by a cookie", "Equal values of this cookie go to the same service.");

    private static readonly ObjectSchema<(SplitBy By, string Name)> Named = new(
        "by", "What equal values of keep a client with one service. A request without it is decided anew.", [Header, Cookie],
        values => values.Find(Header) is { } header ? (SplitBy.Header, header) : (SplitBy.Cookie, values.Find(Cookie)!))
    {
        Check = values =>
        {
            values.RefuseBoth(Header, Cookie, "a split is decided by one thing");
            if (!values.Has(Header) && !values.Has(Cookie))
            {
                values.FailMissing("'by' does not say what decides", "add 'header' or 'cookie'");
            }
        },
        Alternatives = [[[Header], [Cookie]]],
    };

    private static readonly Key<(SplitBy By, string Name)> By = Key.Optional("by",
        new ShapeSchema<(SplitBy By, string Name)>
        {
            Single = new WordSchema<(SplitBy By, string Name)>(("request", (SplitBy.Request, "")), ("client", (SplitBy.Client, ""))),
            Map = Named,
        },
        (SplitBy.Request, ""), "What decides: each request anew, the client's address, or a header field or cookie.", "sticky", "key", "hash");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, int>>> Services = Key.Required("services",
        new MapSchema<int>(new WholeNumberSchema<int>(0, 1000), "services", "the name of a service", "^[A-Za-z][A-Za-z0-9-]{0,39}$", 1, 20),
        "The services and their weights.", "weights", "targets", "backends");

    public static readonly ObjectSchema<SplitOptions> Schema = new(
        "split", "Several services that share a route's requests by weight, as for a canary.", [Services, By],
        values => new SplitOptions
        {
            Targets = [.. values.Get(Services).Select(entry => new SplitTarget(entry.Key, entry.Value))],
            By = values.Get(By).By,
            Name = values.Get(By).Name,
        })
    {
        Check = CheckServices,
    };

    private static void CheckServices(KeyValues values)
    {
        foreach (var entry in (values.Map.Find("services") as ConfigMap)?.Entries ?? [])
        {
            if (!ServiceNameSchema.TryFind(entry.Key.Text, entry.Key.Text, entry.Key, values.Context))
            {
                values.MarkFailed();
            }
        }

        if (values.Has(Services) && values.TryGet(Services, out var services) && services.All(entry => entry.Value == 0))
        {
            values.Fail(DiagnosticCodes.Contradiction, values.KeySpan(Services), "all weights are 0, so that no service gets a request",
                null, "give one of them a weight of 1 to 1000");
        }
    }
}
