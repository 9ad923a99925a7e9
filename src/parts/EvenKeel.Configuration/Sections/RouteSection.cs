using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Which requests go to which service.</summary>
internal static class RouteSection
{
    private static readonly TextSchema Prefix = new("a path such as / or /api", "^/[!\"$->@-~]*$")
    {
        ShortType = "path such as `/api`",
        Help = "a route's path begins with '/' and has no query, fragment or spaces",
    };

    private static readonly Key<string> Cookie = Key.Optional("cookie",
        new TextSchema("a cookie's name of letters, digits, '_', '-' and '.'", "^[A-Za-z0-9_.-]{1,64}$") { ShortType = "cookie name" },
        "__ek", "The name of the cookie that keeps a client on its instance.");

    private static readonly ObjectSchema<string> AffinitySchema = new(
        "affinity", "Keeps a client on its instance while that instance is there.", [Cookie], values => values.Get(Cookie));

    private static readonly Key<string> PathKey = Key.Optional("path", Prefix, "/",
        "A prefix of whole path segments: `/api` matches `/api` and `/api/x`, not `/apis`. The first route that matches wins.", "prefix",
            "match");

    private static readonly Key<string> Service = Key.Required("service", new ServiceNameSchema(), "The service that gets the requests.",
        "to", "backend", "upstream");

    private static readonly Key<BalancePolicy> Balance = Key.Optional(
        "balance", new WordSchema<BalancePolicy>(("round-robin", BalancePolicy.RoundRobin),
            ("least-connections", BalancePolicy.LeastConnections)), BalancePolicy.RoundRobin,
        "How an instance is chosen: each in turn, or the one with the fewest requests in flight.", "policy", "algorithm", "lb");

    private static readonly Key<string> Affinity = Key.Absent("affinity", AffinitySchema, "every request is balanced",
        "Keeps a client on its instance.", "sticky");

    private static readonly Key<int> Retries = Key.Optional("retries", new WholeNumberSchema<int>(0, 5),
        new RouteOptions { Service = "" }.Retries,
        "Further instances to try when one fails before its response began.", "retry");

    private static readonly Key<RateLimitOptions> RateLimit = Key.Absent("rateLimit", RateLimitSection.Schema, "no limit",
        "How often it may be asked.", "ratelimit", "limit");

    public static readonly ObjectSchema<RouteOptions> Schema = new(
        "route", "Which requests go to which service, and how an instance is chosen for them.",
            [PathKey, Service, Balance, Affinity, Retries, RateLimit],
        values => new RouteOptions
        {
            Path = values.Get(PathKey),
            Service = values.Get(Service),
            Balance = values.Get(Balance),
            AffinityCookie = values.Find(Affinity),
            Retries = values.Get(Retries),
            RateLimit = values.Find(RateLimit),
        });
}
