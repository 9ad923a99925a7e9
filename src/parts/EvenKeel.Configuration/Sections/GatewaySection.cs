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

    private static readonly Key<int?> Loops = Key.Optional("loops", new WordOrSchema<int>("auto", new WholeNumberSchema<int>(1, 256)), null,
        "Event loops; `auto` is one per core.", "threads", "workers");

    private static readonly Key<GatewayLimitOptions> Limits = Key.Optional("limits", GatewayLimitSection.Schema, Defaults.Limits,
        "What one request, response and connection may be at most.");

    private static readonly Key<GatewayTimeoutOptions> Timeouts = Key.Optional("timeouts", GatewayTimeoutSection.Schema, Defaults.Timeouts,
        "How long each stage of an exchange may take.", "timeout");

    private static readonly Key<EjectionOptions> Ejection = Key.Optional("ejection", EjectionSection.Schema, Defaults.Ejection,
        "When an instance that fails real requests is taken out.", "outlier");

    private static readonly Key<ResilienceOptions> Resilience = Key.Optional("resilience", ResilienceSection.Schema, Defaults.Resilience,
        "What protects each service from too many requests.");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, ResilienceOptions>>> Services = Key.Absent("services",
        ResilienceSection.ByService, "every service has `resilience`",
        "What protects single services. A section that is given here replaces the whole section of `resilience`.");

    public static readonly Key<IReadOnlyList<RouteOptions>> Routes = Key.Absent("routes",
        new ListSchema<RouteOptions>(RouteSection.Schema, "routes", 1, 1000),
        "one route `/` to the only service; required with several services", "The routes in order; the first that matches wins.", "route",
            "rules");

    public static readonly ObjectSchema<GatewayOptions> Schema = new(
        "gateway", "The load balancer in front of the services.", [Listen, Loops, Limits, Timeouts, Ejection, Resilience, Services, Routes],
        values => new GatewayOptions
        {
            Listen = values.Get(Listen),
            ListenIsExplicit = values.Has(Listen),
            Loops = values.Get(Loops) ?? 0,
            Limits = values.Get(Limits),
            Timeouts = values.Get(Timeouts),
            Ejection = values.Get(Ejection),
            Resilience = values.Get(Resilience),
            Services = values.Find(Services)?.ToDictionary(StringComparer.Ordinal) ?? Defaults.Services,
            Routes = values.Find(Routes) ?? [],
        })
    {
        Check = values =>
        {
            CheckPaths(values);
            ResilienceSection.CheckServices(values, Services);
        },
    };

    /// <summary>Of two routes with one path the second would never be chosen.</summary>
    private static void CheckPaths(KeyValues values)
    {
        if (values.Map.Find("routes") is not ConfigList routes)
        {
            return;
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var route in routes.Items.OfType<ConfigMap>())
        {
            var path = route.Find("path");
            var text = path is null ? "/" : (path as ConfigScalar)?.Text;
            var normal = text?.Length > 1 ? text.TrimEnd('/') : text;
            if (normal is not null && !seen.TryAdd(normal, (path ?? route).Span.Line))
            {
                values.Fail(DiagnosticCodes.DuplicateRoute, (path ?? route).Span,
                    $"a route with the path {ConfigScalar.Quote(normal)} exists already",
                    $"first given on line {seen[normal]}", "the first route that matches wins, so this one would never be chosen");
            }
        }
    }
}
