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

    [Theory]
    [InlineData("foo/2", "foo/2")]
    [InlineData("IRC/6.9, RTA/x11", "RTA/x11")]
    [InlineData("websocket, chat", "chat")]
    public async Task Any_other_protocol_is_tunnelled_when_the_instance_takes_it(string offers, string taken)
    {
        await using var origin = new Origin(async channel =>
        {
            Assert.Contains($"Upgrade: {offers}", (await channel.ReadHeadAsync())!);
            await channel.SendAsync($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: {taken}\r\nConnection: Upgrade\r\n\r\n");
            await channel.SendAsync(await channel.ReadExactAsync(3));
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: {offers}\r\nConnection: Upgrade\r\n\r\n\0\xff\n");
        Assert.Contains($"Upgrade: {taken}", (await Deadline.Within(client.ReadHeadAsync()))!);
        Assert.Equal("\0\xff\n", await Deadline.Within(client.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_switch_before_the_request_is_whole_is_refused()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n");
            await channel.ReadToEndAsync();
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var reply = await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nUpgrade: foo\r\nConnection: Upgrade\r\nContent-Length: 5\r\n\r\nab");
        Assert.Equal((502, "response_invalid"), (reply.Status, reply["X-EvenKeel-Error"]));
    }

    [Theory]
    [InlineData("h2c")]
    [InlineData("H2C")]
    [InlineData("websocket, h2c")]
    [InlineData("TLS/1.2")]
    [InlineData("HTTP/2.0")]
    [InlineData("websocket\r\nUpgrade: h2c")]
    public async Task An_offer_that_carries_HTTP_again_is_ignored(string offers)
    {
        await using var origin = Origin.Say("plain");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var reply = await gateway.AskAsync(
            $"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: {offers}\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ\r\n\r\n");
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
