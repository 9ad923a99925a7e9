using System.Net;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>An address whose connections are passed on as they are.</summary>
internal static class TcpSection
{
    private const string NamePattern = "^(\\*\\.)?[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*$";

    private static readonly Key<IPEndPoint> Listen = Key.Required("listen", new EndpointSchema(), "Where clients connect.", "address", "port", "bind");

    private static readonly Key<string> Service = Key.Absent("service", new ServiceNameSchema(), "by `sni`",
        "The service that gets every connection.", "to", "backend", "upstream");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> ServerNames = Key.Absent("sni",
        new MapSchema<string>(new ServiceNameSchema(), "server names",
            "a server name such as shop.example.com or *.example.com", NamePattern, 1, 10_000),
        "by `service`", "Services by the server name that a TLS client asks for; TLS itself passes through. `*.` stands for every name below.",
        "serverNames", "names", "tls");

    private static readonly Key<string> Default = Key.Absent("default", new ServiceNameSchema(), "such connections are refused",
        "The service of TLS connections whose name is not in `sni`, or that have none.", "fallback");

    private static readonly Key<BalancePolicy> Balance = Key.Optional("balance",
        new WordSchema<BalancePolicy>(
            ("least-connections", BalancePolicy.LeastConnections), ("round-robin", BalancePolicy.RoundRobin), ("weighted", BalancePolicy.Weighted),
            ("p2c", BalancePolicy.PowerOfTwo), ("random", BalancePolicy.Random), ("nearest", BalancePolicy.Nearest),
            ("source-hash", BalancePolicy.SourceHash), ("ring", BalancePolicy.Ring), ("maglev", BalancePolicy.Maglev),
            ("rendezvous", BalancePolicy.Rendezvous)),
        BalancePolicy.LeastConnections, "How an instance is chosen, as of a route; policies that hash look at the client's address.", "policy",
        "algorithm", "lb");

    private static readonly Key<IReadOnlyList<IPNetwork>> ProxyProtocol = Key.Absent("proxyProtocol", ProxyProtocolSection.Schema,
        "no PROXY header is expected", "The proxies that stand in front of this listener.", "proxy_protocol", "accept-proxy");

    private static readonly Key<int> Connections = Key.Optional("connections", new WholeNumberSchema<int>(1, 1_000_000), 10_000,
        "Connections at a time; more wait in the kernel's queue.", "maxconn");

    private static readonly Key<TcpTimeoutOptions> Timeouts = Key.Optional("timeouts", TcpTimeoutSection.Schema, new TcpTimeoutOptions(),
        "How long each stage of a connection may take.", "timeout");

    public static readonly ObjectSchema<TcpListenerOptions> Schema = new(
        "tcp", "An address whose connections are passed on byte by byte, to one service, or by the server name of TLS without ending it.",
        [Listen, Service, ServerNames, Default, Balance, ProxyProtocol, Connections, Timeouts],
        values => new TcpListenerOptions
        {
            Listen = values.Get(Listen),
            Service = values.Find(Service) ?? values.Find(Default),
            ServerNames = values.Find(ServerNames) ?? [],
            Balance = values.Get(Balance),
            TrustedProxies = values.Find(ProxyProtocol),
            Connections = values.Get(Connections),
            Timeouts = values.Get(Timeouts),
        })
    {
        Check = Check,
        Alternatives = [[[Service], [ServerNames]]],
    };

    private static void Check(KeyValues values)
    {
        values.RefuseBoth(Service, ServerNames, "with 'sni' the service of all other names is 'default'");
        values.RefuseBoth(Service, Default, "'service' gets every connection: remove 'default', or give names in 'sni'");
        if (!values.Has(Service) && !values.Has(ServerNames))
        {
            values.FailMissing("this listener leads nowhere", "add 'service:' with a service's name, or 'sni:' with services by server name");
        }

        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, _) in (values.Map.Find("sni") as ConfigMap)?.Entries ?? [])
        {
            if (!seen.TryAdd(name.Text, name.Span.Line))
            {
                values.Fail(DiagnosticCodes.DuplicateName, name.Span, $"the server name {ConfigScalar.Quote(name.Text)} is given twice",
                    $"first given on line {seen[name.Text]}; names have no case");
            }
        }
    }
}
