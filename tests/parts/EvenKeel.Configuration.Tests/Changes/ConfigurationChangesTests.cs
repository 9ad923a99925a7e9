using EvenKeel.Configuration.Changes;

namespace EvenKeel.Configuration.Tests.Changes;

public sealed class ConfigurationChangesTests
{
    private const string Before = """
        version: 1
        name: shop
        services:
          own: { command: node server.js, env: { API_TOKEN: one } }
          web: { addresses: [127.0.0.1:9001, 127.0.0.1:9002] }
          far: { addresses: [127.0.0.1:9005] }
        gateway:
          tls: { listen: 127.0.0.1:8443, certificates: [ { certificate: a.pem, key: a.key } ] }
          limits: { connections: 100 }
          affinitySecret: 0123456789abcdef0123456789abcdef
          tcp: [ { listen: 6000, sni: { a.test: web }, default: own } ]
          routes: [ { path: /own, service: own }, { service: web } ]
        """;

    [Fact]
    public void The_same_configuration_has_no_changes_whatever_its_layout() =>
        Assert.Equal("", Changes("version: 1", "# a comment\nversion: 1"));

    [Theory]
    [InlineData("127.0.0.1:9002]", "127.0.0.1:9003]", "services.web.addresses[1]")]
    [InlineData("127.0.0.1:9002] }", "127.0.0.1:9002], health: { ready: /up } }", "services.web.health.ready")]
    [InlineData("API_TOKEN: one }", "API_TOKEN: one }, weights: { own-1: 2 }", "services.own.weights.own-1")]
    [InlineData("127.0.0.1:9002] }", "127.0.0.1:9002], weights: { web-2: 3 } }", "services.web.weights.web-2")]
    [InlineData("{ path: /own", "{ path: /mine", "gateway.routes[0].path")]
    [InlineData("connections: 100 }", "connections: 100, head: 16KiB }", "gateway.limits.head")]
    [InlineData("gateway:", "gateway:\n  timeouts: { connect: 1s }", "gateway.timeouts.connect")]
    [InlineData("a.key", "b.key", "gateway.tls.certificates[0].key")]
    [InlineData("gateway:", "gateway:\n  retry: { buffer: 1KiB }", "gateway.retry.buffer")]
    [InlineData("gateway:", "gateway:\n  resilience: { concurrency: { service: 9 } }",
        "gateway.resilience.concurrency.instance gateway.resilience.concurrency.queue gateway.resilience.concurrency.service "
        + "gateway.resilience.concurrency.wait")]
    [InlineData("gateway:", "gateway:\n  services: { web: { retryBudget: { percent: 5 } } }",
        "gateway.services.web.retryBudget.percent gateway.services.web.retryBudget.reserve gateway.services.web.retryBudget.window")]
    [InlineData("gateway:", "gateway:\n  encodedSlashes: keep", "gateway.encodedSlashes")]
    [InlineData("gateway:", "gateway:\n  trace: off", "gateway.trace")]
    [InlineData("gateway:", "gateway:\n  regions: { home: { latitude: 1, longitude: 2 } }", "gateway.regions.home.latitude gateway.regions.home.longitude")]
    [InlineData("0123456789abcdef0", "another0123456789", "gateway.affinitySecret")]
    [InlineData("a.test: web", "b.test: web", "gateway.tcp[0].sni.a.test gateway.tcp[0].sni.b.test")]
    [InlineData("default: own", "default: web", "gateway.tcp[0].default")]
    [InlineData("sni: { a.test: web }, default: own", "service: web, timeouts: { idle: 1h }, balance: round-robin",
        "gateway.tcp[0].balance gateway.tcp[0].default gateway.tcp[0].service gateway.tcp[0].sni.a.test gateway.tcp[0].timeouts.idle")]
    [InlineData("gateway:", "gateway:\n  services: { far: { tls: { serverName: a.test } } }",
        "gateway.services.far.tls.insecure gateway.services.far.tls.serverName")]
    [InlineData("listen: 6000", "listen: 6001", "gateway.tcp[0].listen")]
    [InlineData("default: own }", "default: own }, { listen: 5432, service: web, connections: 9 }",
        "gateway.tcp[1].balance gateway.tcp[1].connections gateway.tcp[1].listen gateway.tcp[1].service "
        + "gateway.tcp[1].timeouts.connect gateway.tcp[1].timeouts.handshake gateway.tcp[1].timeouts.idle")]
    public void What_the_gateway_can_take_over_needs_no_restart(string old, string next, string path) => Assert.Equal(path, Changes(old, next));

    [Theory]
    [InlineData("gateway:", "gateway:\n  listen: 127.0.0.1:9999", "gateway.listen!")]
    [InlineData("gateway:", "gateway:\n  accessLog: stdout", "gateway.accessLog!")]
    [InlineData("gateway:", "gateway:\n  loops: 2", "gateway.loops!")]
    [InlineData("connections: 100", "connections: 200", "gateway.limits.connections!")]
    [InlineData("gateway:", "gateway:\n  ejection: { failures: 9 }", "gateway.ejection.failures!")]
    [InlineData("default: own", "default: own, connections: 5", "gateway.tcp[0].connections!")]
    [InlineData("gateway:", "gateway:\n  proxyProtocol: { trusted: 10.0.0.0/8 }", "gateway.proxyProtocol.trusted!")]
    [InlineData("gateway:", "gateway:\n  services: { web: { proxyProtocol: v1 } }", "gateway.services.web.proxyProtocol!")]
    [InlineData("name: shop", "name: other", "name!")]
    [InlineData("name: shop", "name: shop\nstate: {}", "state.connection!")]
    [InlineData("server.js", "other.js", "services.own.command!")]
    [InlineData("127.0.0.1:8443", "127.0.0.1:9443", "gateway.tls.listen!")]
    public void What_it_cannot_is_named(string old, string next, string path) => Assert.Equal(path, Changes(old, next));

    // Another entry has the number in the list now; the limit of each address is what it was, or not.
    [Theory]
    [InlineData("{ listen: 5432, service: web, connections: 9 }, { listen: 6000, ", "")]
    [InlineData("{ listen: 5432, service: web }, { connections: 9, listen: 6000, ", "gateway.tcp[1].connections!")]
    public void The_limit_of_a_tcp_address_is_compared_by_address(string next, string refused)
        => Assert.Equal(refused, string.Join(' ', Changes("{ listen: 6000, ", next).Split(' ').Where(path => path.EndsWith('!'))));

    [Fact]
    public void A_secret_that_listings_hide_is_a_change_too() =>
        Assert.Equal("services.own.env.API_TOKEN!", Changes("API_TOKEN: one", "API_TOKEN: two"));

    [Fact]
    public void A_service_of_addresses_may_come_and_go()
    {
        var more = Changes("gateway:", "  more: { addresses: [127.0.0.1:9009] }\ngateway:");

        Assert.Contains("services.more.addresses[0]", more, StringComparison.Ordinal);
        Assert.DoesNotContain("!", more, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_turns_from_addresses_to_a_command_needs_a_restart() =>
        Assert.Contains("services.web.command!", Changes("addresses: [127.0.0.1:9001, 127.0.0.1:9002]", "command: node web.js"), StringComparison.Ordinal);

    [Fact]
    public void What_only_later_commands_read_is_no_change() =>
        Assert.Equal("", Changes("name: shop", "name: shop\nneeds: [ { redis: redis://127.0.0.1 } ]\nload: { requests: [ GET / ], rate: 5/s, duration: 1s }"));

    private static string Changes(string old, string next)
    {
        Assert.Contains(old, Before, StringComparison.Ordinal);
        return string.Join(' ', ConfigurationChanges.Between(Load(Before), Load(Before.Replace(old, next, StringComparison.Ordinal)))
            .Select(change => change.NeedsRestart ? change.Path + "!" : change.Path));
    }

    private static ConfigurationResult Load(string text)
    {
        var result = ConfigurationLoader.LoadText(text, "/srv/shop/evenkeel.yaml", new Dictionary<string, string>());
        Assert.Empty(result.Diagnostics.Select(diagnostic => diagnostic.Message));
        return result;
    }
}
