using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How often a route may be asked.</summary>
internal static class RateLimitSection
{
    private static readonly Key<double> Rate = Key.Required("rate", new RateSchema(0.001, 10_000_000),
        "Requests for each second in the long run.", "average", "limit");

    private static readonly Key<int> Burst = Key.Absent("burst", new WholeNumberSchema<int>(1, 10_000_000),
        "one second of `rate`, at least 1", "Requests at once after a pause.");

    private static readonly Key<RateLimitKey> By = Key.Optional("by", new WordSchema<RateLimitKey>(
            ("client", RateLimitKey.Client), ("header", RateLimitKey.Header), ("route", RateLimitKey.Route)), RateLimitKey.Client,
        "Who shares the limit: each client's address, each value of `header`, or all requests of the route.", "key");

    private static readonly Key<string> Header = Key.Absent("header",
        new TextSchema("a field name of letters, digits and '-'", "^[A-Za-z0-9-]{1,64}$") { ShortType = "field name" }, "no field",
        "The field whose value is the key, with `by: header`. Requests without it share one limit.");

    private static readonly Key<int> Keys = Key.Optional("keys", new WholeNumberSchema<int>(1, 1_000_000), 10_000,
        "The most clients or values that are remembered; the one that was seen longest ago is forgotten.");

    public static readonly ObjectSchema<RateLimitOptions> Schema = new(
        "rate", "How often a route may be asked. Beyond: 429 with Retry-After.", [Rate, Burst, By, Header, Keys],
        values => new RateLimitOptions
        {
            Rate = values.Get(Rate),
            Burst = values.FindValue(Burst) ?? Math.Max(1, (int)values.Get(Rate)),
            By = values.Get(By),
            Header = values.Find(Header),
            Keys = values.Get(Keys),
        })
    {
        Check = CheckHeader,
    };

    private static void CheckHeader(KeyValues values)
    {
        if (values.TryGet(By, out var by) && by == RateLimitKey.Header != values.Has(Header))
        {
            values.Fail(values.Has(Header) ? DiagnosticCodes.Exclusive : DiagnosticCodes.MissingKey, values.Map.Head,
                values.Has(Header) ? "'header' is given, but the limit is not by header" : "the limit is by header, and no header is named",
                null, "write both: 'by: header' and 'header: X-Api-Key'");
        }
    }
}
