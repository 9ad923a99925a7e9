using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.TestServers;

namespace EvenKeel.Gateway.Tests.Https;

/// <summary>TLS from the gateway to a real nginx, which says what was resumed, asked for and shown.</summary>
[Trait("Category", "Process")]
public sealed class ServiceTlsProcessTests
{
    [Theory]
    [InlineData("TLSv1.2")]
    [InlineData("TLSv1.3")]
    public async Task A_new_connection_resumes_the_session_of_the_one_before(string version)
    {
        using var authority = new TestAuthority();
        var (certificate, key) = authority.Sign("api.test");
        var (shown, shownKey) = authority.Sign("gateway.test");
        await using var nginx = await NginxOrigin.StartAsync($$"""
            ssl_certificate {{certificate}}; ssl_certificate_key {{key}}; ssl_protocols {{version}};
            ssl_client_certificate {{authority.File}}; ssl_verify_client on; keepalive_timeout 0;
            return 200 "$ssl_session_reused $ssl_protocol $ssl_server_name $ssl_client_s_dn";
            """);
        await using var gateway = new TestGateway(options => options with
        {
            ServiceTls = new Dictionary<string, ServiceTlsOptions>
            {
                ["web"] = new() { ServerName = "api.test", Authorities = authority.File, Certificate = new CertificateOptions(shown, shownKey) },
            },
        });
        gateway.Add(nginx.Address);

        foreach (var reused in new[] { ".", "r", "r" })
        {
            var reply = await gateway.GetAsync();
            Assert.Equal((200, $"{reused} {version} api.test CN=gateway.test"), (reply.Status, reply.Text));
        }

        // The sweep that ends idle pools must not take the session with it.
        var connects = gateway.Statistics.Connects;
        await gateway.Until(counts => counts.Upstreams == 0, "no connection is left");
        var sweeps = gateway.Gateway.Readings.LoopLag[0].Count;
        await Deadline.Until(() => gateway.Gateway.Readings.LoopLag[0].Count >= sweeps + 3, "three more sweeps");
        Assert.StartsWith("r ", (await gateway.GetAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(3, connects);
    }
}
