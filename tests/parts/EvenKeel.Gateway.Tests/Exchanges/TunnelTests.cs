using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

public sealed class TunnelTests
{
    private const string Ask = "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\r\n";

    [Fact]
    public async Task A_WebSocket_carries_bytes_both_ways_until_a_side_ends()
    {
        await using var origin = new Origin(async channel =>
        {
            var head = await channel.ReadHeadAsync();
            Assert.Contains("Upgrade: websocket", head!);
            Assert.Contains("Connection: Upgrade", head!);
            await channel.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nfirst");
            while (await channel.ReadByteAsync() is var value and >= 0)
            {
                await channel.SendAsync(new[] { (byte)char.ToUpperInvariant((char)value) });
            }

            await channel.SendAsync("bye");
        });
        await using var gateway = new TestGateway();
        var endpoint = gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Ask + "early");
        var head = await Deadline.Within(client.ReadHeadAsync());
        Assert.Equal("HTTP/1.1 101 Switching Protocols", head![0]);
        Assert.Contains("Upgrade: websocket", head);
        Assert.Contains("X-EvenKeel-Instance: web-1", head);
        Assert.Equal("firstEARLY", System.Text.Encoding.Latin1.GetString(await client.ReadExactAsync(10)));
        await client.SendAsync("later");
        Assert.Equal("LATER", System.Text.Encoding.Latin1.GetString(await client.ReadExactAsync(5)));
        client.EndSending();
        Assert.Equal("bye", await Deadline.Within(client.ReadToEndAsync()));
        await Deadline.Until(() => endpoint.InFlight == 0 && gateway.Statistics is { Active: 0, ClientAborts: 0 }, "the tunnel is over");
    }

    [Fact]
    public async Task A_refused_upgrade_is_an_ordinary_response()
    {
        await using var origin = Origin.Say("no");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Ask + Ask);
        Assert.Equal("no", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        Assert.Equal("no", (await Deadline.Within(Reply.ReadAsync(client))).Text);
    }

    [Fact]
    public async Task An_offer_of_another_protocol_is_ignored()
    {
        await using var origin = Origin.Say("plain");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var reply = await gateway.AskAsync(
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ\r\n\r\n");
        Assert.Equal("plain", reply.Text);
        Assert.DoesNotContain(
            Assert.Single(origin.Heads),
            line => line.Contains("pgrade", StringComparison.Ordinal) || line.StartsWith("HTTP2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_that_dies_resets_the_tunnel()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
            await channel.ReadByteAsync();
            channel.Reset();
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Ask);
        await Deadline.Within(client.ReadHeadAsync());
        await client.SendAsync("x");
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
    }
}
