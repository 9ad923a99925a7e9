using System.Net;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Tests;

public sealed class ConfigurationLoaderTests
{
    private const string Smallest = "version: 1\nservices: { web: { command: node server.js } }\n";

    [Fact]
    public void The_smallest_file_has_every_default()
    {
        var cluster = Load(Smallest, "/srv/my shop/evenkeel.yaml");

        Assert.Equal("my-shop", cluster.Name);
        Assert.Equal("/srv/my shop", cluster.Directory);
        Assert.Equal("/srv/my shop/evenkeel.yaml", cluster.File);
        Assert.Null(cluster.State);
        Assert.Null(cluster.Load);
        Assert.Null(cluster.Prove);
        Assert.Empty(cluster.Needs);
        var service = Assert.Single(cluster.Services);
        Assert.Equal(["node", "server.js"], service.Command);
        Assert.Equal(new ServiceOptions { Name = "web", Command = service.Command, Directory = "/srv/my shop",
            Environment = service.Environment, Ports = service.Ports }, service);
        Assert.Empty(service.Environment);
        Assert.Empty(service.Ports);
        Assert.Equal(new GatewayOptions { Routes = cluster.Gateway.Routes }, cluster.Gateway);
        Assert.Equal([new RouteOptions { Service = "web" }], cluster.Gateway.Routes);
    }

    [Fact]
    public void Every_key_of_services_and_gateway_reaches_its_option()
    {
        var cluster = Load(ExampleFile.Text, "/srv/albums/evenkeel.yaml");

        Assert.Equal("albums", cluster.Name);
        Assert.Equal([("PostgreSQL", "postgres://ada@127.0.0.1:5432/db"), ("Redis", "redis://127.0.0.1:6379/"),
            ("billing", "tcp://127.0.0.1:9000/")],
            cluster.Needs.Select(n => (n.Name, n.Address.ToString())));
        Assert.Equal(new StateOptions { Connection = null, Port = 6390 }, cluster.State);

        var web = cluster.Services[0];
        Assert.Equal(["node", "server.js", "--title", "two words"], web.Command);
        Assert.Equal("/srv/albums/web", web.Directory);
        Assert.Equal(
            new Dictionary<string, string> { ["KEY"] = "value", ["DATABASE"] = "${services.db.connection}", ["NUMBER"] = "5",
                ["FLAG"] = "true", ["DOLLAR"] = "$5" },
            web.Environment);
        Assert.Equal(3, web.Instances);
        Assert.Empty(web.Ports);
        Assert.Equal(new HealthOptions { Ready = "/readyz", Live = "/livez", Interval = S(2), GatewayInterval = S(2), Timeout = S(0.25), Rise = 1, Fall = 4,
            Start = S(90) }, web.Health);
        Assert.Equal(new RestartOptions { Delay = S(1), First = S(1), Max = S(10) }, web.Restart);
        Assert.Equal(new DrainOptions { Timeout = S(5), Signal = StopSignal.Interrupt, Grace = S(3) }, web.Drain);
        var api = cluster.Services[1];
        Assert.Equal(["node", "api.js", "8080"], api.Command);
        Assert.Equal([8081, 8082], api.Ports);
        Assert.Equal(2, api.Instances);
        Assert.Equal(new Dictionary<string, int> { ["api-1"] = 3, ["api-2"] = 2 }, api.Weights);
        Assert.Equal(api.Weights, cluster.Gateway.Weights);

        var gateway = cluster.Gateway;
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:9090"), gateway.Listen);
        Assert.True(gateway.ListenIsExplicit);
        Assert.Equal((IPEndPoint.Parse("127.0.0.1:9443"), true), (gateway.Tls!.Listen, gateway.Tls.RequireTls13));
        Assert.Equal([new CertificateOptions("/srv/albums/tls/site.pem", "/etc/site.key")], gateway.Tls.Certificates);
        Assert.Equal(2, gateway.Loops);
        Assert.True(gateway.KeepEncodedSlashes);
        Assert.Equal(new AccessLogOptions { File = "access.jsonl" }, gateway.AccessLog);
        Assert.False(gateway.ContinuesTraces);
        Assert.Equal(new GatewayLimitOptions { Head = 16384, Fields = 50, Body = 10_000_000, Inspect = 8192, Connections = 500 }, gateway.Limits);
        Assert.Equal(new GatewayTimeoutOptions { Connect = S(1), Head = S(2), Idle = S(3), Response = S(4), Request = S(60), KeepAlive = S(5) },
            gateway.Timeouts);
        Assert.Equal([503], gateway.Ejection.Statuses);
        Assert.Equal(new EjectionOptions { Failures = 3, Statuses = gateway.Ejection.Statuses, Ratio = 60, Volume = 30, Window = S(5),
            First = S(1), Max = S(10), Share = 40, Panic = 20, SlowStart = S(3) }, gateway.Ejection);
        var own = new ResilienceOptions
        {
            Breaker = new BreakerOptions { Ratio = 70, Volume = 40, Window = S(6), Open = S(7), Probes = 2 },
            Concurrency = new ConcurrencyOptions { Service = 200, Instance = 50, Queue = 10, Wait = S(1) },
        };
        Assert.Equal(own, gateway.ResilienceOf("web"));
        Assert.Equal(own with { RetryBudget = new RetryBudgetOptions { Percent = 10, Reserve = 5, Window = S(20) } }, gateway.ResilienceOf("api"));
        Assert.Equal("0123456789abcdef0123456789abcdef", gateway.AffinitySecret);
        Assert.Equal(["europe 52.5 13.4 10.3.0.0/16 web api-1", "america 39 -77.5 10.4.0.0/16,fd00:4::/32  api-2"], gateway.Regions.Select(region =>
            FormattableString.Invariant($"{region.Name} {region.Latitude} {region.Longitude} {string.Join(',', region.Networks)} ")
            + $"{string.Join(',', region.Services)} {string.Join(',', region.Instances)}"));
        var place = Assert.Single(gateway.Places);
        Assert.Equal((-33.9, 151.2, "10.5.0.0/16"), (place.Latitude, place.Longitude, string.Join(',', place.Networks)));
        var tls = new ServiceTlsOptions
        {
            ServerName = "api.example.com", Authorities = "/srv/albums/tls/ca.pem",
            Certificate = new CertificateOptions("/srv/albums/tls/gw.pem", "/srv/albums/tls/gw.key"),
        };
        Assert.Equal(tls, Assert.Single(gateway.ServiceTls, one => one.Key == "api").Value);
        Assert.Equal((tls, ProxyProtocolVersion.V2), (api.Health.Tls, api.Health.ProxyProtocol));
        Assert.Null(web.Health.Tls);
        Assert.Equal([IPNetwork.Parse("10.1.0.0/16")], gateway.TrustedProxies);
        Assert.Equal(9, gateway.Routes.Count);
        Assert.Equal(
            new RouteOptions { Path = "/api", Service = "api", Balance = BalancePolicy.LeastConnections, Retries = 0,
                RateLimit = new RateLimitOptions { Rate = 10, Burst = 20, By = RateLimitKey.Header, Header = "X-Key", Keys = 500 } },
            gateway.Routes[0]);
        Assert.Equal(
            new RouteOptions
            {
                Service = "web", AffinityCookie = "sid", AffinityRefuses = true, RateLimit = new RateLimitOptions { Rate = 2.5, Burst = 2 },
            },
            gateway.Routes[^1]);
    }

    [Theory]
    [InlineData("{ cookie: sid, gone: refuse }", "sid", null, true)]
    [InlineData("{ header: X-Instance }", null, "X-Instance", false)]
    [InlineData("{ gone: refuse }", "__ek", null, true)]
    [InlineData("{}", "__ek", null, false)]
    public void Affinity_says_what_carries_it_and_what_becomes_of_those_whose_instance_is_gone(string text, string? cookie, string? header, bool refuses)
    {
        var file = ExampleFile.Text.Replace("affinity: { cookie: sid, gone: refuse }", $"affinity: {text}", StringComparison.Ordinal);
        var route = Load(file, "/srv/albums/evenkeel.yaml").Gateway.Routes[^1];
        Assert.Equal((cookie, header, refuses), (route.AffinityCookie, route.AffinityHeader, route.AffinityRefuses));
    }

    [Theory]
    [InlineData("p2c", BalancePolicy.PowerOfTwo)]
    [InlineData("round-robin", BalancePolicy.RoundRobin)]
    [InlineData("weighted", BalancePolicy.Weighted)]
    [InlineData("least-connections", BalancePolicy.LeastConnections)]
    [InlineData("least-time", BalancePolicy.LeastTime)]
    [InlineData("random", BalancePolicy.Random)]
    [InlineData("nearest", BalancePolicy.Nearest)]
    [InlineData("source-hash", BalancePolicy.SourceHash)]
    [InlineData("ring", BalancePolicy.Ring)]
    [InlineData("maglev", BalancePolicy.Maglev)]
    [InlineData("rendezvous", BalancePolicy.Rendezvous)]
    [InlineData("{ ring: { by: path } }", BalancePolicy.Ring)]
    public void Every_policy_has_its_word(string text, BalancePolicy policy)
    {
        var file = ExampleFile.Text.Replace("balance: least-connections", $"balance: {text}", StringComparison.Ordinal);
        Assert.Equal(policy, Load(file, "/srv/albums/evenkeel.yaml").Gateway.Routes[0].Balance);
    }

    [Fact]
    public void Policies_that_hash_take_their_settings()
    {
        var routes = Load(ExampleFile.Text, "/srv/albums/evenkeel.yaml").Gateway.Routes;
        Assert.Equal(
            [
                (BalancePolicy.Ring, new HashOptions { By = HashKeySource.Cookie, Name = "user", BoundedLoad = 125, VirtualNodes = 300 }),
                (BalancePolicy.Maglev, new HashOptions { By = HashKeySource.Header, Name = "X-Tenant", BoundedLoad = 150 }),
                (BalancePolicy.Rendezvous, new HashOptions { By = HashKeySource.Query, Name = "q" }),
            ],
            routes.Where(route => route.Path is "/ring" or "/maglev" or "/rendezvous").Select(route => (route.Balance, route.Hash)));
        Assert.Equal((BalancePolicy.PowerOfTwo, new HashOptions()), (routes[^1].Balance, routes[^1].Hash));
    }

    [Fact]
    public void Every_key_of_a_tcp_listener_reaches_its_option()
    {
        var gateway = Load(ExampleFile.Text, "/srv/albums/evenkeel.yaml").Gateway;

        Assert.Equal(2, gateway.Tcp.Count);
        Assert.Equal(
            new TcpListenerOptions { Listen = IPEndPoint.Parse("127.0.0.1:5432"), Service = "api", ServerNames = gateway.Tcp[0].ServerNames,
                Balance = BalancePolicy.RoundRobin, Connections = 50, Timeouts = new TcpTimeoutOptions { Handshake = S(1), Connect = S(3), Idle = S(3600) } },
            gateway.Tcp[0]);
        Assert.Empty(gateway.Tcp[0].ServerNames);
        Assert.Equal(
            new TcpListenerOptions { Listen = IPEndPoint.Parse("127.0.0.1:9444"), Service = "web", ServerNames = gateway.Tcp[1].ServerNames,
                TrustedProxies = gateway.Tcp[1].TrustedProxies },
            gateway.Tcp[1]);
        Assert.Equal([new("shop.example.com", "web"), KeyValuePair.Create("*.example.com", "web")], gateway.Tcp[1].ServerNames);
        Assert.Equal([IPNetwork.Parse("127.0.0.1/32"), IPNetwork.Parse("fd00::/8")], gateway.Tcp[1].TrustedProxies);
    }

    [Fact]
    public void What_is_sent_to_a_service_is_what_its_checks_send()
    {
        var cluster = Load(ExampleFile.Text, "/srv/albums/evenkeel.yaml");

        Assert.Equal([KeyValuePair.Create("api", ProxyProtocolVersion.V2)], cluster.Gateway.ProxyProtocols);
        Assert.Null(cluster.Services[0].Health.ProxyProtocol);
        Assert.Equal(ProxyProtocolVersion.V2, cluster.Services[1].Health.ProxyProtocol);
    }

    [Fact]
    public void Every_key_of_a_route_reaches_its_option()
    {
        var routes = Load(ExampleFile.Text, "/srv/albums/evenkeel.yaml").Gateway.Routes;

        Assert.Equal(new RedirectOptions { To = "https://{host}{path}{query}", Status = 308 }, routes[1].Redirect);
        Assert.Equal(["old.example.com"], routes[1].Hosts);
        Assert.Equal(("/robots.txt", PathKind.Exact), (routes[2].Path, routes[2].PathKind));
        Assert.Equal(new RespondOptions { Status = 200, Body = "User-agent: *", Type = "text/plain" }, routes[2].Respond);

        var route = routes[3];
        Assert.Equal(["shop.example.com", "*.shop.example.com"], route.Hosts);
        Assert.Equal(("/users/{id}/posts", PathKind.Pattern), (route.Path, route.PathKind));
        Assert.Equal(["GET", "HEAD"], route.Match.Methods);
        Assert.Equal(
            [new("X-Beta", MatchKind.Equal, "yes"), new("X-Kind", MatchKind.Equal, "a"), new NamedMatch("X-Trace", MatchKind.Present)], route.Match.Headers);
        Assert.Equal([new("debug", MatchKind.Equal, "1"), new NamedMatch("q", MatchKind.Prefix, "ab")], route.Match.Query);
        Assert.Equal([new NamedMatch("old", MatchKind.Absent)], route.Match.Cookies);
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("::1/128")], route.Match.Clients);
        Assert.Equal([new BodyMatch("/kind", "order")], route.Match.Body);
        Assert.Equal([new("web", 95), new SplitTarget("api", 5)], route.Split!.Targets);
        Assert.Equal(("web", SplitBy.Cookie, "user"), (route.Service, route.Split.By, route.Split.Name));
        Assert.Equal(new RewriteOptions { Path = "/v2/{id}", Host = "internal.example.com" }, route.Rewrite);
        Assert.Equal([KeyValuePair.Create("X-User", "{id}")], route.RequestHeaders.Set);
        Assert.Equal([KeyValuePair.Create("X-Via", "evenkeel")], route.RequestHeaders.Add);
        Assert.Equal(["X-Debug"], route.RequestHeaders.Remove);
        Assert.Equal([KeyValuePair.Create("Server", "shop")], route.ResponseHeaders.Set);
        Assert.Equal([KeyValuePair.Create("X-Frame-Options", "DENY")], route.ResponseHeaders.Add);
        Assert.Equal(["X-Powered-By"], route.ResponseHeaders.Remove);

        Assert.Equal((SplitBy.Header, "X-Tenant"), (routes[4].Split!.By, routes[4].Split!.Name));
        Assert.Equal(new RewriteOptions { Prefix = "/" }, routes[4].Rewrite);
    }

    [Fact]
    public void A_service_of_addresses_has_an_instance_for_each_and_no_command()
    {
        var cluster = Load("version: 1\nservices: { web: { addresses: [127.0.0.1:9001, '[::1]:9002', 9003], health: { ready: /up } } }\n", "/a/evenkeel.yaml");

        var web = Assert.Single(cluster.Services);
        Assert.True(web.IsExternal);
        Assert.Empty(web.Command);
        Assert.Equal(3, web.Instances);
        Assert.Equal(["127.0.0.1:9001", "[::1]:9002", "127.0.0.1:9003"], web.Addresses.Select(address => address.ToString()));
        Assert.Equal("/up", web.Health.Ready);
    }

    [Fact]
    public void Every_key_of_load_and_prove_reaches_its_option()
    {
        var cluster = Load(ExampleFile.Text, "/srv/albums/evenkeel.yaml");

        var load = cluster.Load!;
        Assert.Equal(
            ["GET /albums?at={now-5s}", "POST /albums", "POST /albums", "POST /albums"], load.Requests.Select(r => $"{r.Method} {r.Path}"));
        Assert.Equal(("add", 3.0, "add"), (load.Requests[1].Name, load.Requests[1].Share, load.Requests[2].Repeats));
        Assert.Equal(load.Requests[1].Body, load.Requests[2].Body);
        Assert.Equal([200, 201], load.Requests[1].Expect!.Status);
        Assert.Equal(["p95<1s"], load.Profiles["short"].Thresholds);
        Assert.Equal("{\"n\":{n}}", load.Requests[3].Body);
        Assert.Equal("{seed}", load.Requests[3].Headers["x-seed"]);
        Assert.Equal([new LoadStageOptions { Duration = S(10), Rate = 100 },
            new LoadStageOptions { Duration = S(60), Rate = 200, Step = true }], load.Stages);
        Assert.Equal(S(3), load.Timeout);
        Assert.Equal(["p99<50ms", "errors<0.1%", "rate>100"], load.Thresholds);

        var prove = cluster.Prove!;
        Assert.Equal((42ul, 50.0, S(1), S(20), S(10), S(2), S(1), 2.0, "web"),
            (prove.Seed, prove.Rate, prove.Control, prove.Duration, prove.Settle, prove.Converge, prove.Timeout, prove.TimeScale,
                prove.Service));
        var workload = prove.Workload!;
        Assert.Equal(("POST", "/id", "", "/id", "/title"),
            (workload.Add.Method, workload.AddedId, workload.Items, workload.ItemId, workload.ItemValue));
        Assert.Equal("b", workload.Add.Headers["X-A"]);
        Assert.Equal(("/albums/{id}", "DELETE"), (workload.Get!.Path, workload.Remove!.Method));
        Assert.Equal((S(0.05), S(2), "/"), (prove.Probe!.Interval, prove.Probe.Timeout, prove.Probe.Request!.Path));
        Assert.Empty(prove.Faults);
        Assert.Equal(["staggered", "none"], prove.Scenarios.Select(s => s.Name));
        Assert.Equal([(true, null), (false, S(0.1))], prove.Scenarios.Select(s => (s.MeasureOnly, s.MaxDowntime)));
        var faults = prove.Scenarios[0].Faults;
        Assert.Equal([(FaultKind.Kill, 0, S(4), S(0)), (FaultKind.Kill, 2, S(5), S(0)), (FaultKind.Pause, 0, S(6), S(2))],
            faults.Select(f => (f.Kind, f.Count, f.At, f.For)));
        Assert.Equal([S(0.5), S(0), S(0)], faults.Select(f => f.Within));
        Assert.Equal(["web-2"], faults[0].Targets);
        Assert.Empty(faults[1].Targets);
        Assert.Equal(["web-1", "api-2"], faults[2].Targets);
        Assert.True(prove.SimultaneousKills);
        Assert.Equal(
            new CheckOptions { Divergence = false, LostWrites = true, ReadYourWrites = false, StaleReads = true, Duplicates = false,
                FailedReads = true, MaxDowntime = null, MaxImbalance = 1.5 },
            prove.Checks);
    }

    [Fact]
    public void A_proof_that_sends_the_load_has_its_requests_and_may_have_an_audit()
    {
        var load = "load: { requests: [{ name: one, request: POST /a }, { repeats: one }], rate: 5/s, duration: 5s }\n";

        var prove = Load(Smallest + load + "prove:\n  load: resend\n  checks: { audit: { command: ./audit --all, timeout: 5s, env: { A: 1 } } }\n").Prove!;

        Assert.Equal((ProveLoad.Resend, "POST /a POST /a"), (prove.Load, string.Join(' ', prove.Requests.Select(r => $"{r.Method} {r.Path}"))));
        var audit = prove.Checks.Audit!;
        Assert.Equal(["./audit", "--all"], audit.Command);
        Assert.Equal(("/srv/albums", S(5), "1"), (audit.Directory, audit.Timeout, audit.Environment["A"]));
        Assert.Empty(Load(Smallest + load + "prove: {}\n").Prove!.Requests);
    }

    [Theory]
    [InlineData("rate: 100/s\n  duration: 10s", 100.0, null)]
    [InlineData("users: 10\n  duration: 10s", null, 10)]
    public void The_short_form_of_a_load_is_one_stage_that_holds_from_its_beginning(string form, double? rate, int? users)
    {
        var load = Load(Smallest + $"load:\n  request: GET /\n  {form}\n").Load!;

        Assert.Equal([new LoadStageOptions { Duration = S(10), Rate = rate, Users = users, Step = true }], load.Stages);
        Assert.Equal("/", Assert.Single(load.Requests).Path);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("{ connection: embedded }", null)]
    [InlineData("{ connection: 127.0.0.1:6379 }", "127.0.0.1:6379")]
    [InlineData("{ connection: 'redis://:secret@[::1]:6379/1' }", "redis://:secret@[::1]:6379/1")]
    public void State_is_embedded_or_another_server(string state, string? connection) =>
        Assert.Equal(connection, Load(Smallest + $"state: {state}\n").State!.Connection);

    [Theory]
    [InlineData("8080", "127.0.0.1:8080")]
    [InlineData("'[::1]:8080'", "[::1]:8080")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    [InlineData("'${PORT:-7000}'", "127.0.0.1:7000")]
    public void The_gateway_listens_on_an_address_or_a_port(string listen, string expected) =>
        Assert.Equal(IPEndPoint.Parse(expected), Load(Smallest + $"gateway: {{ listen: {listen} }}\n").Gateway.Listen);

    [Theory]
    [InlineData("0", 0ul)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    [InlineData("0x5EED", 0x5EEDul)]
    [InlineData("0xFFFFFFFFFFFFFFFF", ulong.MaxValue)]
    public void A_seed_is_any_unsigned_number(string seed, ulong expected) =>
        Assert.Equal(expected, Load(Smallest + $"prove: {{ seed: {seed} }}\n").Prove!.Seed);

    [Fact]
    public void A_folder_name_becomes_a_valid_cluster_name()
    {
        Assert.Equal("cluster", Load(Smallest, "/evenkeel.yaml").Name);
        Assert.Equal("a-b", Load(Smallest, "/_a.b_/evenkeel.yaml").Name);
        Assert.Equal(new string('x', 40), Load(Smallest, $"/{new string('x', 50)}/evenkeel.yaml").Name);
    }

    [Fact]
    public void A_variable_cannot_change_the_structure_of_the_file()
    {
        var result = ConfigurationLoader.LoadText(
            "version: 1\nservices: { web: { command: node server.js, env: { A: '${V}' } } }\n", "evenkeel.yaml", new Dictionary<string,
                string> { ["V"] = "x\ninstances: 9" });

        Assert.Equal("x\ninstances: 9", result.Cluster!.Services[0].Environment["A"]);
        Assert.Equal(1, result.Cluster.Services[0].Instances);
    }

    [Fact]
    public void More_errors_than_a_person_reads_are_counted_instead_of_shown()
    {
        var text = Smallest + string.Concat(Enumerable.Range(0, 150).Select(i => $"zz{i}: 1\n"));

        var diagnostics = ConfigurationLoader.LoadText(text, "evenkeel.yaml", ExampleFile.Environment).Diagnostics;

        Assert.Equal(101, diagnostics.Count);
        Assert.Equal("50 more errors are not shown", diagnostics[^1].Message);
    }

    private static ClusterOptions Load(string text, string path = "/srv/albums/evenkeel.yaml")
    {
        var result = ConfigurationLoader.LoadText(text, path, ExampleFile.Environment);
        Assert.Empty(result.Diagnostics);
        return result.Cluster!;
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
