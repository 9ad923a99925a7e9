using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>How a request's target is changed for the service.</summary>
internal static class RewriteSection
{
    private static readonly Key<string> Prefix = Key.Absent("prefix",
        new TextSchema("a path such as / or /v2", "^/[!$-)+-.0-;=@-\\[\\]^-z|~/]*$") { ShortType = "path such as `/v2`" },
        "the prefix stays", "What stands in place of the route's prefix; `/` takes it away.", "stripPrefix", "strip_prefix", "replacePrefix");

    private static readonly Key<string> NewPath = Key.Absent("path",
        new TextSchema("a path such as /v2/{id}", "^(/|\\{path\\})[!$-;=?-\\[\\]-~]*$")
        {
            ShortType = "path with [placeholders](gateway.md#placeholders)",
            Help = "it begins with '/' or {path} and has no spaces",
        },
        "the path stays", "The whole new path. The query is kept unless this has a question mark.", "uri", "url");

    private static readonly Key<string> Host = Key.Absent("host",
        new TextSchema("a host such as internal.example.com", "^[A-Za-z0-9._~{}:\\[\\]-]{1,261}$")
        {
            ShortType = "host with [placeholders](gateway.md#placeholders)",
        },
        "the client's host", "The new Host. `X-Forwarded-Host` keeps the client's.", "authority");

    public static readonly ObjectSchema<RewriteOptions> Schema = new(
        "rewrite", "How a request's target is changed before it goes to the service.", [Prefix, NewPath, Host],
        values => new RewriteOptions { Prefix = values.Find(Prefix), Path = values.Find(NewPath), Host = values.Find(Host) })
    {
        Check = Check,
    };

    private static void Check(KeyValues values)
    {
        values.RefuseBoth(Prefix, NewPath, "a path is made in one way");
        foreach (var key in new Key[] { Prefix, NewPath })
        {
            if (values.Map.Find(key.Name) is ConfigScalar { IsBroken: false } scalar && PathText.FindFault(scalar.Text.Split('?')[0]) is { } fault)
            {
                values.Fail(DiagnosticCodes.BadText, scalar.Span, $"'{key.Name}' cannot be {ConfigScalar.Quote(scalar.Text)}: {fault}");
            }
        }
    }
}
