using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Clients;

/// <summary>HTTP clients that come through a proxy in front, and services that want to know the client of a connection.</summary>
public sealed class ProxiedClientTests
{
    private const string Line = "PROXY TCP6 2001:db8::1 2001:db8::2 12345 443\r\n";
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.1/32")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_address_of_the_header_is_the_clients_for_every_request_of_the_connection(bool inPieces)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway(options => options with { TrustedProxies = Loopback });
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        foreach (string piece in inPieces ? [.. (Line + Get).Select(c => c.ToString())] : new[] { Line + Get })
        {
            await client.SendAsync(piece);
        }

        Assert.Equal("ok", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        await client.SendAsync(Get);
        Assert.Equal("ok", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        Assert.All(origin.Heads, head => Assert.Contains("X-Forwarded-For: 2001:db8::1", head));
        Assert.Equal(2, origin.Heads.Count);
    }

    [Fact]
    public async Task A_client_without_a_header_is_reset_and_counted()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway(options => options with { TrustedProxies = Loopback });
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Get);
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(counts => counts.RefusedSources == 1, "it is counted as refused");
        Assert.Equal(0, origin.Connections);
    }

    [Fact]
    public async Task A_header_has_the_time_of_a_head_to_arrive_in()
    {
        await using var gateway = new TestGateway(options => options with
        {
            TrustedProxies = Loopback, Timeouts = options.Timeouts with { Head = TimeSpan.FromMilliseconds(150) },
        });
        var client = await gateway.ConnectAsync();
        await client.SendAsync("PROXY ");
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(counts => counts.RefusedSources == 1, "it is counted as refused");
    }

    [Fact]
    public async Task A_source_that_is_not_trusted_is_refused()
    {
        await using var gateway = new TestGateway(options => options with { TrustedProxies = [IPNetwork.Parse("2001:db8::/32")] });
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            var client = await gateway.ConnectAsync();
            await client.SendAsync(Line + Get);
            await Deadline.Within(client.ReadToEndAsync());
        });
        await Deadline.Until(() => gateway.Statistics.RefusedSources == 1, "it is counted");
    }

    [Fact]
    public async Task A_service_that_reads_headers_gets_one_on_a_new_connection_for_each_request()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var origin = new Origin(async channel =>
        {
            lines.Enqueue(await channel.ReadLineAsync());
            while (await channel.ReadHeadAsync() is not null)
            {
                await channel.SendAsync(Origin.Ok("ok"));
            }
        });
        await using var gateway = new TestGateway(options => options with
        {
            ProxyProtocols = new Dictionary<string, ProxyProtocolVersion> { ["web"] = ProxyProtocolVersion.V1 },
        });
        gateway.Add(origin);
        var clients = new[] { await gateway.ConnectAsync(), await gateway.ConnectAsync() };
        foreach (var client in clients.Concat(clients))
        {
            await client.SendAsync(Get);
            Assert.Equal("ok", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        }

        string[] expected = [.. clients.Concat(clients).Select(client =>
            $"PROXY TCP4 127.0.0.1 127.0.0.1 {((IPEndPoint)client.Socket.LocalEndPoint!).Port} {gateway.Address.Port}")];
        Assert.Equal(expected, lines);
        Assert.Equal(0, gateway.Statistics.Reused);
    }
}
