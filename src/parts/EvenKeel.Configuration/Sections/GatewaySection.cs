using System.Net;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The load balancer in front of the services.</summary>
internal static class GatewaySection
{
    public static readonly GatewayOptions Defaults = new();

    private static readonly Key<IPEndPoint> Listen = Key.Optional("listen", new EndpointSchema(), Defaults.Listen,
        "Where clients connect. A named port that is busy is an error; the default port gives way to the next free one.", "address",
            "port", "bind");

    private static readonly Key<GatewayTlsOptions> Tls = Key.Absent("tls", GatewayTlsSection.Schema, "plain HTTP alone",
        "A second address, for [HTTPS](gateway.md#https).", "https", "ssl");

    private static readonly Key<int?> Loops = Key.Optional("loops", new WordOrSchema<int>("auto", new WholeNumberSchema<int>(1, 256)), null,
        "Event loops; `auto` is one per core.", "threads", "workers");

    private static readonly Key<TransportKind> Transport = Key.Optional("transport",
        new WordSchema<TransportKind>(("auto", TransportKind.Auto), ("epoll", TransportKind.Epoll), ("socket", TransportKind.Socket)),
        Defaults.Transport, "What carries the connections: `epoll`, the cheapest, on Linux; `socket` everywhere; `auto` is the better of what there is.");

    private static readonly Key<GatewayLimitOptions> Limits = Key.Optional("limits", GatewayLimitSection.Schema, Defaults.Limits,
        "What one request, response and connection may be at most.");

    private static readonly Key<GatewayTimeoutOptions> Timeouts = Key.Optional("timeouts", GatewayTimeoutSection.Schema, Defaults.Timeouts,
        "How long each stage of an exchange may take.", "timeout");

    private static readonly Key<EjectionOptions> Ejection = Key.Optional("ejection", EjectionSection.Schema, Defaults.Ejection,
        "When an instance that fails real requests is taken out.", "outlier");

    private static readonly Key<ResilienceOptions> Resilience = Key.Optional("resilience", ResilienceSection.Schema, Defaults.Resilience,
        "What protects each service from too many requests.");

    private static readonly Key<int> Retry = Key.Optional("retry", RetrySection.Schema, Defaults.RetryBuffer, "What it takes to send a request again.");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, GatewayServiceOptions>>> Services = Key.Absent("services",
        GatewayServiceSection.ByService, "every service has `resilience`",
        "What protects single services, and what their instances read. A section that is given here replaces the whole section of `resilience`.");

    public static readonly Key<IReadOnlyList<RouteOptions>> Routes = Key.Absent("routes",
        new ListSchema<RouteOptions>(RouteSection.Schema, "routes", 1, 10_000),
        "one route `/` to the only service; required with several services", "The routes in order; the first that matches wins.", "route",
            "rules");

    private static readonly Key<bool> EncodedSlashes = Key.Optional("encodedSlashes", new WordSchema<bool>(("refuse", false), ("keep", true)), false,
        "What becomes of [paths](gateway.md#paths) with `%2F` or `%5C`: refused with 400, or kept as a character of a segment.", "allowEncodedSlashes");

    private static readonly Key<IReadOnlyList<TcpListenerOptions>> Tcp = Key.Optional("tcp",
        new ListSchema<TcpListenerOptions>(TcpSection.Schema, "TCP listeners", 0, 100), Defaults.Tcp,
        "Further addresses whose connections are passed on as they are: any protocol over TCP, and TLS by its server name.", "streams", "layer4", "l4");

    private static readonly Key<IReadOnlyList<IPNetwork>> ProxyProtocol = Key.Absent("proxyProtocol", ProxyProtocolSection.Schema,
        "no PROXY header is expected", "The proxies that stand in front of `listen` and `tls.listen`.", "proxy_protocol", "accept-proxy");

    private static readonly Key<AccessLogOptions> AccessLog = Key.Optional("accessLog", AccessLogSection.Schema, Defaults.AccessLog,
        "Where the [access log](access-log.md) goes: `off`, `stdout`, or `{ file: access.jsonl }`.", "logs");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, RegionOptions>>> Regions = Key.Absent("regions", RegionSection.Regions,
        "nothing is near or far", "Where instances and clients are, for routes whose `balance` is `nearest`.", "zones", "locations");

    private static readonly Key<IReadOnlyList<PlaceOptions>> Places = Key.Absent("places", RegionSection.Places, "clients are in regions or nowhere",
        "Where clients are that belong to no region.");

    private static readonly Key<string> AffinitySecret = Key.Absent("affinitySecret",
        new TextSchema("text of 32 to 256 visible characters", "^[!-~]{32,256}$") { IsSecret = true }, "a key of each start's own",
        "What affinity tokens are signed with: gateways that share it, and restarts, keep clients where they are. Give it by a variable.", "affinityKey");

    private static readonly Key<bool> Trace = Key.Optional("trace", new WordSchema<bool>(("continue", true), ("off", false)), Defaults.ContinuesTraces,
        "What becomes of [`traceparent`](access-log.md#traces): passed on with a parent id of the gateway's or begun anew, or left alone.", "tracing");

    public static readonly ObjectSchema<GatewayOptions> Schema = new(
        "gateway", "The load balancer in front of the services.",
        [Listen, Tls, Loops, Limits, Timeouts, Ejection, Resilience, Retry, Services, Routes, Transport, EncodedSlashes, Tcp, ProxyProtocol, AccessLog,
            Trace, AffinitySecret, Regions, Places],
        values => new GatewayOptions
        {
            Listen = values.Get(Listen),
            ListenIsExplicit = values.Has(Listen),
            Tls = values.Find(Tls),
            Loops = values.Get(Loops) ?? 0,
            Transport = values.Get(Transport),
            Limits = values.Get(Limits),
            Timeouts = values.Get(Timeouts),
            Ejection = values.Get(Ejection),
            Resilience = values.Get(Resilience),
            RetryBuffer = values.Get(Retry),
            Services = values.Find(Services)?.ToDictionary(one => one.Key, one => one.Value.Resilience, StringComparer.Ordinal) ?? Defaults.Services,
            ProxyProtocols = values.Find(Services)?.Where(one => one.Value.ProxyProtocol is not null)
                .ToDictionary(one => one.Key, one => one.Value.ProxyProtocol!.Value, StringComparer.Ordinal) ?? Defaults.ProxyProtocols,
            ServiceTls = values.Find(Services)?.Where(one => one.Value.Tls is not null)
                .ToDictionary(one => one.Key, one => one.Value.Tls!, StringComparer.Ordinal) ?? Defaults.ServiceTls,
            Tcp = values.Get(Tcp),
            TrustedProxies = values.Find(ProxyProtocol),
            Routes = values.Find(Routes) ?? [],
            KeepEncodedSlashes = values.Get(EncodedSlashes),
            AccessLog = values.Get(AccessLog),
            ContinuesTraces = values.Get(Trace),
            Regions = [.. (values.Find(Regions) ?? []).Select(one => one.Value)],
            Places = values.Find(Places) ?? [],
            AffinitySecret = values.Find(AffinitySecret),
        })
    {
        Check = values =>
        {
            CheckPaths(values);
            GatewayServiceSection.CheckServices(values, Services);
            ServiceTlsSection.CheckServerNames(values);
            RegionSection.Check(values);
        },
    };

    /// <summary>A route whose requests an earlier one takes would never be chosen.</summary>
    private static void CheckPaths(KeyValues values)
    {
        if (!values.Has(Routes) || !values.TryGet(Routes, out var routes) || values.Map.Find("routes") is not ConfigList nodes)
        {
            return;
        }

        var coverage = new RouteCoverage();
        for (var i = 0; i < routes.Count; i++)
        {
            if (coverage.Add(routes[i]) is not { } earlier)
            {
                continue;
            }

            var span = PlaceOf(nodes.Items[i]);
            values.Fail(DiagnosticCodes.DuplicateRoute, span, "this route is never chosen",
                $"the route on line {PlaceOf(nodes.Items[earlier]).Line} takes all of its requests",
                "the first route that matches wins: put the narrower route first, or remove one");
        }
    }

    private static SourceSpan PlaceOf(ConfigNode route) => (route as ConfigMap)?.Find("path")?.Span ?? route.Span;
}
