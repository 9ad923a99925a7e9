using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Which requests go to which service.</summary>
internal static class RouteSection
{
    private static readonly Key<RoutePath> Exact = Key.Required("exact", new RoutePathSchema(exact: true), "The path as it is.", "equals", "is");

    private static readonly ShapeSchema<RoutePath> PathSchema = new()
    {
        Single = new RoutePathSchema(exact: false),
        Map = new ObjectSchema<RoutePath>("path", "The whole path of requests, without wildcards.", [Exact], values => values.Get(Exact)),
        Wanted = "a path such as / or /api",
    };

    private static readonly TextSchema HostSchema = new("a host such as shop.example.com or *.example.com",
        "^(\\*\\.)?[A-Za-z0-9_~-]+(\\.[A-Za-z0-9_~-]+)*$|^\\[[0-9A-Fa-f:.]+\\]$")
    {
        ShortType = "host such as `shop.example.com` or `*.example.com`",
        Help = "a host has no port and no scheme; '*.' in front stands for one or more names",
    };

    private static readonly Key<IReadOnlyList<string>> Host = Key.Absent("host", new OneOrMoreSchema<string>(HostSchema, "hosts", 100),
        "every host", "The hosts that match, without regard to case and port.", "hosts", "server_name", "domain");

    private static readonly Key<RoutePath> PathKey = Key.Optional("path", PathSchema, new RoutePath("/", PathKind.Prefix),
        "A prefix of whole path segments: `/api` matches `/api` and `/api/x`, not `/apis`. With wildcards, or as `{ exact: /api }`, the whole path. "
        + "The first route that matches wins.", "prefix", "location");

    private static readonly Key<MatchOptions> Match = Key.Absent("match", MatchSection.Schema, "no further condition",
        "Conditions on method, header fields, query, cookies, client or body, all of which have to hold.", "when", "if", "conditions");

    private static readonly Key<string> Service = Key.Absent("service", new ServiceNameSchema(), "one of split, redirect and respond",
        "The service that gets the requests.", "to", "backend", "upstream");

    private static readonly Key<SplitOptions> Split = Key.Absent("split", SplitSection.Schema, "one service",
        "Several services that share the requests by weight.", "canary", "weighted");

    private static readonly Key<RedirectOptions> Redirect = Key.Absent("redirect", RedirectSection.Schema, "no redirect",
        "Where clients are sent instead.", "return");

    private static readonly Key<RespondOptions> Respond = Key.Absent("respond", RespondSection.Schema, "no reply of the gateway's own",
        "What is answered instead: a status, or more.", "reply", "direct_response");

    private static readonly Key<RewriteOptions> Rewrite = Key.Absent("rewrite", RewriteSection.Schema, "the target as it came",
        "How the target is changed for the service.");

    private static readonly Key<HeaderChangeOptions> RequestHeaders = Key.Absent("requestHeaders", HeaderChangeSection.Request, "as they came",
        "Changes of the request's header fields.", "proxy_set_header");

    private static readonly Key<HeaderChangeOptions> ResponseHeaders = Key.Absent("responseHeaders", HeaderChangeSection.Response, "as they came",
        "Changes of the response's header fields.", "add_header", "headers");

    private static readonly Key<BalanceChoice> Balance = Key.Optional(
        "balance", BalanceSection.Schema, new BalanceChoice(BalancePolicy.PowerOfTwo, new HashOptions()),
        "How an instance is chosen. `p2c`: of two at random the one with fewer requests in flight.", "policy", "algorithm", "lb");

    private static readonly Key<AffinityChoice> Affinity = Key.Absent("affinity", AffinitySection.Schema, "every request is balanced",
        "Keeps a client on its instance.", "sticky");

    private static readonly Key<int> Retries = Key.Optional("retries", new WholeNumberSchema<int>(0, 5),
        new RouteOptions { Service = "" }.Retries,
        "Further instances to try when one fails before its response began.", "retry");

    private static readonly Key<RateLimitOptions> RateLimit = Key.Absent("rateLimit", RateLimitSection.Schema, "no limit",
        "How often it may be asked.", "ratelimit", "limit");

    public static readonly ObjectSchema<RouteOptions> Schema = new(
        "route", "Which requests go to which service, and how an instance is chosen for them.",
            [Host, PathKey, Match, Service, Split, Redirect, Respond, Rewrite, RequestHeaders, ResponseHeaders, Balance, Affinity, Retries, RateLimit],
        values => new RouteOptions
        {
            Path = values.Get(PathKey).Text,
            PathKind = values.Get(PathKey).Kind,
            Hosts = values.Find(Host) is { } hosts ? [.. hosts.Select(host => host.ToLowerInvariant())] : [],
            Match = values.Find(Match) ?? new MatchOptions(),
            Service = values.Find(Service) ?? values.Find(Split)?.Targets[0].Service ?? "",
            Split = values.Find(Split),
            Redirect = values.Find(Redirect),
            Respond = values.Find(Respond),
            Rewrite = values.Find(Rewrite),
            RequestHeaders = values.Find(RequestHeaders) ?? new HeaderChangeOptions(),
            ResponseHeaders = values.Find(ResponseHeaders) ?? new HeaderChangeOptions(),
            Balance = values.Get(Balance).Policy,
            Hash = values.Get(Balance).Hash,
            AffinityCookie = values.Find(Affinity)?.Cookie,
            AffinityHeader = values.Find(Affinity)?.Header,
            AffinityRefuses = values.Find(Affinity)?.Refuses ?? false,
            Retries = values.Get(Retries),
            RateLimit = values.Find(RateLimit),
        })
    {
        Check = Check,
        Alternatives = [[[Service], [Split], [Redirect], [Respond]]],
    };

    private static void Check(KeyValues values)
    {
        // 1. Exactly one thing happens to a request.
        Key[] ends = [Service, Split, Redirect, Respond];
        var given = ends.Where(values.Has).ToList();
        if (given.Count == 0)
        {
            values.Fail(DiagnosticCodes.MissingKey, values.Map.Head, $"{BindingContext.Subject(values.Path)} does not say what becomes of its requests",
                "a route needs a 'service'", "add 'service:' with the name of a service, or 'split:', 'redirect:' or 'respond:'");
        }
        else if (given.Count > 1)
        {
            values.RefuseBoth(given[0], given[1], "one thing happens to a request: split it by conditions into two routes");
        }

        // 2. What is for services only.
        if (given is [var end] && (end == Redirect || end == Respond))
        {
            values.RefuseBoth(Rewrite, end, "a rewrite is for a service, and this route has none");
            values.RefuseBoth(RateLimit, end, "the limit protects a service, and this route has none");
            values.RefuseBoth(RequestHeaders, end, "the request goes to no service: 'responseHeaders' changes the answer");
        }

        if (values.Has(Split) && values.Has(Affinity) && values.TryGet(Split, out var split) && split.By == SplitBy.Request)
        {
            values.Fail(DiagnosticCodes.Contradiction, values.KeySpan(Affinity),
                "'affinity' keeps a client on an instance, and 'split' sends each of its requests to another service", null,
                "add to the section 'split' a key 'by' that keeps a client with one service");
        }

        // 3. Placeholders, which depend on the path.
        RouteTemplates.Check(values, values.TryGet(PathKey, out var path) ? path : null);
    }
}
