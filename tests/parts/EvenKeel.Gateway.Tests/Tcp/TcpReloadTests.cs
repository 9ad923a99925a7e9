using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.TestServers;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Tests.Tcp;

/// <summary>What a reload changes of TCP listeners, what is counted of them, and TLS to the instances behind them.</summary>
public sealed class TcpReloadTests
{
    [Theory]
    [InlineData(Transports.Epoll)]
    [InlineData(Transports.Socket)]
    public async Task A_reload_leads_new_connections_elsewhere_while_those_that_are_there_go_on_and_both_are_counted(string transport)
    {
        await using var web = Saying("web");
        await using var api = Saying("api");
        await using var gateway = new TestTcpGateway(options => Transports.Open(transport, options));
        gateway.Add(web);
        gateway.Add(api, "api");
        var old = await gateway.ConnectAsync();
        Assert.Equal("web:a", await AskAsync(old, "a"));

        gateway.Gateway.Apply(gateway.Options with { Tcp = [gateway.Options.Tcp[0] with { Service = "api" }] });
        var young = await gateway.ConnectAsync();
        Assert.Equal("api:b", await AskAsync(young, "b"));
        Assert.Equal("web:c", await AskAsync(old, "c"));

        await Deadline.Until(() => Of(gateway, "web").ClientBytes == 2, "bytes of connections that are open are counted within a second or so");
        Assert.Equal((1, 1), (Of(gateway, "web").Active, Of(gateway, "api").Active));
        foreach (var client in new[] { old, young })
        {
            client.EndSending();
            await Deadline.Within(client.ReadToEndAsync());
        }

        await gateway.Until(TcpOutcome.Completed, 2);
        Assert.Equal((0, 1, 2, 10), Counted(Of(gateway, "web")));
        Assert.Equal((0, 1, 1, 5), Counted(Of(gateway, "api")));
        Assert.Equal((0, 0, 0, 0), Counted(Of(gateway, "")));
        Assert.All(gateway.Gateway.Readings, one => Assert.Equal(gateway.Address, one.Listener));
    }

    [Fact]
    public async Task What_never_reached_a_service_is_counted_without_one()
    {
        await using var gateway = new TestTcpGateway(
            TestTransport.Open,
            listener => listener with { Service = null, ServerNames = [new("a.test", "web")] });
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\n\r\n");
        await Deadline.Within(client.ReadToEndAsync());
        client.EndSending();
        await gateway.Until(TcpOutcome.BadClientHello);
        Assert.Equal(1, Of(gateway, "").Outcomes[TcpOutcome.BadClientHello]);
    }

    [Theory]
    [InlineData(Transports.Epoll)]
    [InlineData(Transports.Socket)]
    public async Task Connections_are_passed_on_inside_TLS_and_an_instance_that_is_not_trusted_gets_none(string transport)
    {
        using var authority = new TestAuthority();
        await using var bad = SecureOrigin.Say(authority.Sign("other.test"), "bad");
        await using var good = SecureOrigin.Say(authority.Sign("api.test"), "good");
        await using var gateway = new TestTcpGateway(
            options => Transports.Open(transport, options), listener => Patient(listener) with { Balance = BalancePolicy.RoundRobin },
            tls: new ServiceTlsOptions { ServerName = "api.test", Authorities = authority.File });
        gateway.Add(bad.Address);
        gateway.Add(good.Address);

        for (var i = 0; i < 4; i++)
        {
            var client = await gateway.ConnectAsync();
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal("good", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        Assert.Empty(bad.Names);
        Assert.True(gateway.Statistics.Retries >= 1);
    }

    [Fact]
    public async Task Files_that_cannot_be_used_are_named_and_change_nothing()
    {
        using var authority = new TestAuthority();
        await using var good = SecureOrigin.Say(authority.Sign("api.test"), "good");
        await using var gateway = new TestTcpGateway(
            TestTransport.Open, Patient, tls: new ServiceTlsOptions { ServerName = "api.test", Authorities = authority.File });
        gateway.Add(good.Address);

        var broken = gateway.Options with
        {
            ServiceTls = new Dictionary<string, ServiceTlsOptions> { ["web"] = new() { ServerName = "api.test", Authorities = "/nowhere.pem" } },
        };
        Assert.Contains("/nowhere.pem", Assert.Throws<TlsException>(() => gateway.Gateway.RenewCertificates(broken)).Message, StringComparison.Ordinal);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("good", (await Deadline.Within(Reply.ReadAsync(client))).Text);
    }

    // A handshake may take its time on a machine that has much to do.
    private static TcpListenerOptions Patient(TcpListenerOptions listener)
        => listener with { Timeouts = listener.Timeouts with { Connect = Deadline.Limit } };

    private static TcpStatistics Of(TestTcpGateway gateway, string service) => gateway.Gateway.Readings.Single(one => one.Service == service).Counts;

    private static (long Active, long Completed, long ClientBytes, long EndpointBytes) Counted(TcpStatistics counts)
        => (counts.Active, counts.Outcomes[TcpOutcome.Completed], counts.ClientBytes, counts.EndpointBytes);

    private static async Task<string> AskAsync(ByteChannel client, string text)
    {
        await client.SendAsync(text);
        return System.Text.Encoding.Latin1.GetString(await Deadline.Within(client.ReadExactAsync(5)));
    }

    private static Origin Saying(string name) => new(async channel =>
    {
        while (await channel.ReadByteAsync() is var value and >= 0)
        {
            await channel.SendAsync($"{name}:{(char)value}");
        }
    });
}
