using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The whole file: the root of the schema model.</summary>
internal static class ClusterSection
{
    private static readonly Key<int> Version = Key.Required("version", new VersionSchema(), "The version of the format, 1.");

    private static readonly Key<string> Name = Key.Absent("name", Scalars.Name, "the name of the file's folder", "The cluster's name.");

    private static readonly Key<IReadOnlyList<NeedOptions>> Needs = Key.Optional("needs",
        new ListSchema<NeedOptions>(new NeedSchema(), "servers", 0, 100), [],
        "Servers that are not part of the cluster and must answer before anything starts.", "depends_on", "requires");

    private static readonly Key<StateOptions> State = Key.Absent("state", StateSection.Schema, "no shared state",
        "The shared state of the instances.");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, ServiceOptions>>> Services = Key.Required(
        "services",
        new MapSchema<ServiceOptions>(ServiceSection.Schema, "services",
            "a service's name: letters, digits and dashes, beginning with a letter, at most 40, and not ending in a dash and a number as instances do", ServiceSection.NamePattern, 1, 100),
        "The services by name.", "service");

    private static readonly Key<GatewayOptions> Gateway = Key.Optional("gateway", GatewaySection.Schema, GatewaySection.Defaults,
        "The load balancer in front of the services.", "proxy", "loadbalancer");

    private static readonly Key<LoadOptions> Load = Key.Absent("load", LoadSection.Schema, "no load", "What `evenkeel load` sends.");

    private static readonly Key<ProveOptions> Prove = Key.Absent("prove", ProveSection.Schema, "nothing to prove",
        "What `evenkeel prove` does.", "proof", "test");

    public static readonly ObjectSchema<ClusterOptions> Schema = new(
        "cluster", "The whole file: a cluster of services behind a gateway, and how to prove it.",
        [Version, Name, Needs, State, Services, Gateway, Load, Prove], Create)
    {
        Check = Check,
    };

    private static ClusterOptions Create(KeyValues values)
    {
        var services = values.Get(Services).Select(s => s.Value).ToList();
        var gateway = values.Get(Gateway);
        if (services.Exists(service => service.Weights.Count > 0))
        {
            gateway = gateway with { Weights = services.SelectMany(service => service.Weights).ToDictionary(StringComparer.Ordinal) };
        }

        return new ClusterOptions
        {
            Name = values.Find(Name) ?? DefaultName(values.Context.Directory),
            Directory = values.Context.Directory,
            File = values.Context.FilePath,
            Services = [.. services.Select(service => Checked(service, gateway))],
            Gateway = gateway.Routes.Count > 0 ? gateway : gateway with { Routes = [new RouteOptions { Service = First(services).Name }] },
            State = values.Find(State),
            Needs = values.Get(Needs),
            Load = values.Find(Load),
            Prove = Sending(values.Find(Prove), values.Find(Load)),
        };
    }

    private static ProveOptions? Sending(ProveOptions? prove, LoadOptions? load) =>
        prove is { Load: not ProveLoad.Off } && load is not null ? prove with { Requests = load.Requests } : prove;

    // Without routes there is one service that is no server of a kind, or only such servers.
    private static ServiceOptions First(List<ServiceOptions> services) => services.Find(service => service.Server is null) ?? services[0];

    // Who checks an instance is a client like the gateway, and has to begin as it does.
    private static ServiceOptions Checked(ServiceOptions service, GatewayOptions gateway)
    {
        ProxyProtocolVersion? version = gateway.ProxyProtocols.TryGetValue(service.Name, out var header) ? header : null;
        var tls = gateway.ServiceTls.GetValueOrDefault(service.Name);
        return version is null && tls is null ? service : service with { Health = service.Health with { ProxyProtocol = version, Tls = tls } };
    }

    // A proof kills and replaces what it judges; servers that it did not start are not its own.
    private static void CheckProof(KeyValues values)
    {
        var services = (values.Map.Find("services") as ConfigMap)?.Entries ?? [];
        if (values.Has(Prove) && services.FirstOrDefault(service => (service.Value as ConfigMap)?.Find("addresses") is not null) is { } external)
        {
            values.Fail(DiagnosticCodes.UnprovableService, values.KeySpan(Prove), $"'{external.Key.Text}' has addresses, so that this cluster cannot be proved",
                "a proof starts and kills its instances itself", "give the service a command, or remove the section 'prove'");
        }

        if (!values.Has(Prove) || values.Context.Facts.AttackedService is not { } attacked
            || ((values.Map.Find("gateway") as ConfigMap)?.Find("services") as ConfigMap)?.Find(attacked) is not ConfigMap own)
        {
            return;
        }

        if (own.Find("proxyProtocol") is { } version)
        {
            values.Fail(DiagnosticCodes.Contradiction, version.Span, $"'{attacked}' reads PROXY headers, so that it cannot be proved",
                "a proof asks each instance itself, without one", "remove the section 'prove', or 'proxyProtocol' while you prove");
        }

        if (own.Find("tls") is { } tls)
        {
            values.Fail(DiagnosticCodes.Contradiction, tls.Span, $"'{attacked}' speaks TLS, so that it cannot be proved",
                "a proof asks each instance itself, without TLS", "remove the section 'prove', or let the service speak plain HTTP while you prove");
        }
    }

    /// <summary>A folder's name made valid: other characters become dashes, and what is left is cut to 40.</summary>
    internal static string DefaultName(string directory)
    {
        var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(directory));
        var name = string.Concat(folder.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
        return name.Length == 0 ? "cluster" : name[..Math.Min(40, name.Length)];
    }

    private static void Check(KeyValues values)
    {
        PortUses.Check(values);
        CheckProof(values);
        if (values.TryGet(Services, out var bound))
        {
            StartOrder.Check(values, bound);
        }

        if (values.Context.Facts.Served.Count > 1 && (values.Map.Find("gateway") as ConfigMap)?.Find("routes") is null)
        {
            values.Fail(DiagnosticCodes.RoutesNeeded, values.KeySpan(values.Has(Gateway) ? Gateway : Services),
                $"with {values.Context.Facts.Served.Count} services the gateway needs routes", "which service gets which requests?",
                $"add to the section 'gateway': routes: [ {{ path: /, service: {values.Context.Facts.Served[0]} }} ]");
        }
    }
}
