using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Changes of header fields. Those that frame a message or belong to one hop are the gateway's own.</summary>
internal static class HeaderChangeSection
{
    /// <summary>The most bytes of all lines that one route adds: a head that was within its limit still fits where it is written anew.</summary>
    private const int MaxBytes = 8192;

    private const string Name = "a header field that may be changed (those of framing, of one hop, Host, Forwarded, X-Forwarded-* and X-EvenKeel-* are the gateway's own)";

    /// <summary>The fields that a route must not touch, in lower case.</summary>
    private static readonly string[] Refused =
    [
        "connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "content-length", "host", "expect",
        "forwarded", "x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-evenkeel-instance", "x-evenkeel-error",
    ];

    private static readonly string NamePattern = $"^(?!({string.Join('|', Refused.Select(AnyCase))})$)[!#$%&'*+.^_`|~0-9A-Za-z-]{{1,256}}$";

    private static readonly TextSchema Plain = new("text of visible ASCII characters on one line", "^[\\t -~]{0,4096}$")
    {
        ShortType = "text",
        TakesAnyScalar = true,
    };

    private static readonly TextSchema Template = new("text of visible ASCII characters on one line", "^[\\t -~]{0,4096}$")
    {
        ShortType = "text with [placeholders](gateway.md#placeholders)",
        TakesAnyScalar = true,
    };

    public static readonly ObjectSchema<HeaderChangeOptions> Request = Create("request-headers", "Changes of a request's header fields.", Template);

    public static readonly ObjectSchema<HeaderChangeOptions> Response = Create("response-headers", "Changes of a response's header fields.", Plain);

    private static ObjectSchema<HeaderChangeOptions> Create(string section, string summary, TextSchema value)
    {
        var fields = new MapSchema<string>(value, "header fields", Name, NamePattern, 1, 50);
        var set = Key.Absent("set", fields, "nothing is set", "Fields that take the place of all of their name.", "replace", "override");
        var add = Key.Absent("add", fields, "nothing is added", "Fields that are added to what is there.", "append");
        var remove = Key.Absent("remove",
            new OneOrMoreSchema<string>(new TextSchema(Name, NamePattern) { ShortType = "field name" }, "header fields", 50),
            "nothing is removed", "Fields that are taken away.", "delete", "del", "hide");
        return new ObjectSchema<HeaderChangeOptions>(section, summary, [set, add, remove], values => new HeaderChangeOptions
        {
            Set = values.Find(set) ?? [],
            Add = values.Find(add) ?? [],
            Remove = values.Find(remove) ?? [],
        })
        {
            Check = values => CheckSize(values, set, add),
        };
    }

    private static void CheckSize(KeyValues values, params Key<IReadOnlyList<KeyValuePair<string, string>>>[] keys)
    {
        var size = keys.Sum(key => values.Has(key) && values.TryGet(key, out var fields) ? fields.Sum(field => field.Key.Length + field.Value.Length + 4) : 0);
        if (size > MaxBytes)
        {
            values.Fail(DiagnosticCodes.OutOfRange, values.Map.Head, $"the fields that are set and added have {size} bytes; {MaxBytes} is the most");
        }
    }

    private static string AnyCase(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetter(c) ? $"[{char.ToUpperInvariant(c)}{c}]" : $"{c}"));
}
