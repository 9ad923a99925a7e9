using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>An answer that sends the client elsewhere.</summary>
internal static class RedirectSection
{
    private static readonly TextSchema Target = new("a path or an address such as https://{host}{path}", "^(/|https?://|\\{)[!#-;=?-\\[\\]-~]*$")
    {
        ShortType = "path or address with [placeholders](gateway.md#placeholders)",
        Help = "it begins with '/', 'http://', 'https://' or a placeholder and has no spaces",
    };

    private static readonly Key<string> To = Key.Required("to", Target, "Where clients are sent.", "location", "url");

    private static readonly Key<int> Status = Key.Optional("status",
        new WholeNumberSchema<int>(301, 308), 307,
        "301 and 308 are remembered by clients; 307 and 308 keep the method.", "code");

    /// <summary>A redirect in either form.</summary>
    public static readonly ShapeSchema<RedirectOptions> Schema = new()
    {
        Single = new MappedSchema<string, RedirectOptions>(Target, to => new RedirectOptions { To = to }, redirect => redirect.To),
        Map = new ObjectSchema<RedirectOptions>(
            "redirect", "An answer that sends the client elsewhere.", [To, Status],
            values => new RedirectOptions { To = values.Get(To), Status = values.Get(Status) })
        {
            Check = values =>
            {
                if (values.TryGet(Status, out var status) && status is 304 or 305 or 306)
                {
                    values.Fail(DiagnosticCodes.OutOfRange, values.ValueSpan(Status), $"{status} is not the status of a redirect",
                        null, "write 301, 302, 303, 307 or 308");
                }
            },
        },
    };
}
