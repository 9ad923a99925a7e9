using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.TestServers;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Tests.Https;

/// <summary>TLS from the gateway to instances, which speak it through the platform's own.</summary>
public sealed class ServiceTlsTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("api.test")]
    [InlineData("127.0.0.1")]
    public async Task A_certificate_of_the_right_name_and_authority_is_trusted_and_the_connection_is_used_again(string name)
    {
        await using var origin = SecureOrigin.Say(_authority.Sign(name), "secret");
        await using var gateway = Open(new ServiceTlsOptions { ServerName = name, Authorities = _authority.File });
        gateway.Add(origin.Address);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal((200, "secret"), Text(await gateway.GetAsync()));
        }

        // An address is not asked for: SNI has names only.
        Assert.Equal(name == "127.0.0.1" ? "" : name, Assert.Single(origin.Names));
        await gateway.Until(counts => counts is { Connects: 1, Reused: 2, Completed: 3 }, "one connection carried all");
    }

    public static TheoryData<string, string> Untrusted => new()
    {
        { "wrong name", "hostname mismatch" },
        { "wrong address", "IP address mismatch" },
        { "expired", "certificate has expired" },
        { "unknown authority", "unable to get local issuer certificate" },
        { "self-signed", "self-signed certificate" },
        { "system's authorities", "unable to get local issuer certificate" },
    };

    [Theory]
    [MemberData(nameof(Untrusted))]
    public async Task One_that_is_not_trusted_is_502_tls_failed_with_the_reason_and_the_instance_gets_nothing(string what, string reason)
    {
        using var other = new TestAuthority();
        using var own = new TestCertificate("api.test");
        var files = what switch
        {
            "wrong name" => _authority.Sign("other.test"),
            "expired" => _authority.Sign("api.test", -1),
            "unknown authority" => other.Sign("api.test"),
            "self-signed" => (own.File, own.Key),
            _ => _authority.Sign("api.test"),
        };
        var asked = 0;
        await using var origin = new SecureOrigin(files, _ => Origin.Ok($"{++asked}"));
        await using var gateway = Open(new ServiceTlsOptions
        {
            ServerName = what == "wrong address" ? "127.0.0.1" : "api.test",
            Authorities = what == "system's authorities" ? null : _authority.File,
        });
        gateway.Add(origin.Address);

        var reply = await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
        Assert.Equal((502, "tls_failed", "web-1"), (reply.Status, reply["X-EvenKeel-Error"], reply["X-EvenKeel-Instance"]));
        Assert.Contains("\"culprit\":\"instance\",\"stage\":\"tls\"", reply.Text, StringComparison.Ordinal);
        Assert.Contains(reason, reply.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, asked);
        Assert.Equal(1, gateway.Count(ProblemCode.TlsFailed));
    }

    [Fact]
    public async Task Insecure_takes_any_certificate_and_asks_for_the_name()
    {
        await using var origin = SecureOrigin.Say(_authority.Sign("other.test", -1), "anyway");
        await using var gateway = Open(new ServiceTlsOptions { ServerName = "api.test", Insecure = true });
        gateway.Add(origin.Address);

        Assert.Equal((200, "anyway"), Text(await gateway.GetAsync()));
        Assert.Equal("api.test", Assert.Single(origin.Names));
    }

    [Fact]
    public async Task An_instance_that_is_not_trusted_is_passed_over_even_for_a_post()
    {
        await using var bad = SecureOrigin.Say(_authority.Sign("other.test"), "bad");
        await using var good = SecureOrigin.Say(_authority.Sign("api.test"), "good");
        await using var gateway = Open(Trusting() with { }, options => options with { Routes = [RoundRobin] });
        gateway.Add(bad.Address);
        gateway.Add(good.Address);

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal((200, "good"), Text(await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi")));
        }

        await gateway.Until(counts => counts is { Retries: >= 1, Completed: 4 }, "the good one answered");
    }

    [Fact]
    public async Task An_instance_that_speaks_no_TLS_is_tls_failed()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadByteAsync();
            await channel.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        });
        await using var gateway = Open(Trusting());
        gateway.Add(origin);

        var reply = await gateway.GetAsync();
        Assert.Equal((502, "tls_failed"), (reply.Status, reply["X-EvenKeel-Error"]));
    }

    [Fact]
    public async Task A_handshake_counts_as_connecting_and_ends_with_its_time()
    {
        await using var origin = new Origin(async channel => await channel.ReadToEndAsync());
        await using var gateway = Open(Trusting(), options => options with { Timeouts = options.Timeouts with { Connect = TimeSpan.FromMilliseconds(200) } });
        gateway.Add(origin);

        var reply = await gateway.GetAsync();
        Assert.Equal((504, "connect_timeout"), (reply.Status, reply["X-EvenKeel-Error"]));
    }

    [Fact]
    public async Task A_large_body_arrives_bit_for_bit_both_ways()
    {
        var text = string.Concat(Enumerable.Range(0, 400_000).Select(number => $"{number},"));
        await using var origin = SecureOrigin.Say(_authority.Sign("api.test"), text);
        await using var gateway = Open(Trusting());
        gateway.Add(origin.Address);

        Assert.Equal((200, text), Text(await gateway.GetAsync()));
    }

    [Fact]
    public async Task The_gateway_shows_its_certificate_to_an_instance_that_asks()
    {
        var (certificate, key) = _authority.Sign("gateway.test");
        await using var origin = new SecureOrigin(_authority.Sign("api.test"), head => Origin.Ok(head[^1]), asksForCertificate: true);
        await using var gateway = Open(Trusting() with { Certificate = new CertificateOptions(certificate, key) });
        gateway.Add(origin.Address);

        Assert.Equal((200, "Shown: CN=gateway.test"), Text(await gateway.GetAsync()));
    }

    [Fact]
    public async Task A_proxy_header_goes_in_front_of_TLS()
    {
        await using var origin = new SecureOrigin(_authority.Sign("api.test"), _ => Origin.Ok("behind")) { Preamble = 28 };
        await using var gateway = Open(Trusting(), options => options with
        {
            ProxyProtocols = new Dictionary<string, ProxyProtocolVersion> { ["web"] = ProxyProtocolVersion.V2 },
        });
        gateway.Add(origin.Address);

        Assert.Equal((200, "behind"), Text(await gateway.GetAsync()));
        Assert.StartsWith("\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c", Assert.Single(origin.Preambles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_that_changes_the_authorities_makes_new_connections_and_files_that_are_bad_change_nothing()
    {
        using var other = new TestAuthority();
        await using var origin = SecureOrigin.Say(_authority.Sign("api.test"), "old");
        await using var gateway = Open(Trusting());
        gateway.Add(origin.Address);
        Assert.Equal((200, "old"), Text(await gateway.GetAsync()));

        var changed = With(gateway.Options, new ServiceTlsOptions { ServerName = "api.test", Authorities = other.File });
        gateway.Gateway.RenewCertificates(changed);
        gateway.Gateway.Apply(changed);
        Assert.Equal("tls_failed", (await gateway.GetAsync())["X-EvenKeel-Error"]);

        // The file changes in place.
        Assert.False(gateway.Gateway.HasRenewedCertificates(changed));
        File.Copy(_authority.File, other.File, overwrite: true);
        Assert.True(gateway.Gateway.HasRenewedCertificates(changed));
        gateway.Gateway.RenewCertificates(changed);
        gateway.Gateway.Apply(changed);
        Assert.Equal((200, "old"), Text(await gateway.GetAsync()));

        var broken = With(gateway.Options, new ServiceTlsOptions { ServerName = "api.test", Authorities = "/nowhere.pem" });
        var error = Assert.Throws<TlsException>(() => gateway.Gateway.RenewCertificates(broken));
        Assert.Contains("gateway.services.web.tls: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere.pem", error.Message, StringComparison.Ordinal);
        Assert.Equal((200, "old"), Text(await gateway.GetAsync()));
    }

    private static RouteOptions RoundRobin => new() { Path = "/", Service = "web", Balance = BalancePolicy.RoundRobin };

    private static (int Status, string Text) Text(Reply reply) => (reply.Status, reply.Text);

    private static GatewayOptions With(GatewayOptions options, ServiceTlsOptions tls)
        => options with { ServiceTls = new Dictionary<string, ServiceTlsOptions> { ["web"] = tls } };

    private static TestGateway Open(ServiceTlsOptions tls, Func<GatewayOptions, GatewayOptions>? change = null)
        => new(options => With(change?.Invoke(Patient(options)) ?? Patient(options), tls));

    // A handshake of two processes in one takes its time on a busy machine, and no test but one is about that.
    private static GatewayOptions Patient(GatewayOptions options)
        => options with { Timeouts = options.Timeouts with { Connect = TimeSpan.FromSeconds(30) } };

    private ServiceTlsOptions Trusting() => new() { ServerName = "api.test", Authorities = _authority.File };
}
