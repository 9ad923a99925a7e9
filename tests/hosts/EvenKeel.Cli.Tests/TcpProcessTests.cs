using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

/// <summary>TCP listeners of a file, through the program as users run it.</summary>
[Trait("Category", "Process")]
public sealed class TcpProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly StrangerServer _stranger = new("stranger");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _stranger.DisposeAsync();
    }

    [Fact]
    public async Task Connections_are_passed_to_the_instances_with_the_fewest_and_down_leaves_nothing()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("raw") + """

            gateway:
              tcp: [ { listen: 0, service: web } ]
            """);
        (await _sandbox.RunAsync("up", "-d")).Ended(0).Printed("TCP      127.0.0.1:");
        var cluster = await _sandbox.PsAsync();
        var address = IPEndPoint.Parse(Assert.Single(cluster.Tcp));

        // The first connection stays open, so that the second goes to the other instance.
        using (TcpClient first = await ConnectAsync(address), second = await ConnectAsync(address))
        {
            string[] replies = [await AskAsync(first, "", "web-1", "web-2"), await AskAsync(second, "", "web-1", "web-2")];
            Assert.Equal(["web-1", "web-2"], replies.Select(reply => reply[^5..]).Order());
            Assert.All(replies, reply => Assert.StartsWith("HTTP/1.1 200", reply, StringComparison.Ordinal));
        }

        (await _sandbox.RunAsync("down")).Ended(0).Printed("stopped raw");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero, [address.Port, .. cluster.Instances.Select(instance => instance.Port!.Value)]);
    }

    [Fact]
    public async Task A_proxy_in_front_says_who_the_client_is_and_the_server_hears_it_in_checks_too()
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: chain
            services:
              web: { addresses: ["{{_stranger.Address}}"], health: { ready: /up, interval: 100ms } }
            gateway:
              services: { web: { proxyProtocol: v1 } }
              proxyProtocol: { trusted: 127.0.0.0/8 }
              tcp: [ { listen: 0, service: web, proxyProtocol: { trusted: 127.0.0.1 } } ]
            """);
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("TCP      127.0.0.1:");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var cluster = await _sandbox.PsAsync();
        const string Header = "PROXY TCP4 203.0.113.7 203.0.113.1 5555 443\r\n";

        foreach (var address in (IPEndPoint[])[IPEndPoint.Parse(cluster.Tcp[0]), IPEndPoint.Parse(cluster.Gateway.Authority)])
        {
            using var client = await ConnectAsync(address);
            Assert.EndsWith("stranger", await AskAsync(client, Header, "stranger"), StringComparison.Ordinal);
        }

        Assert.Equal(2, _stranger.Heads.Count(head => head.StartsWith(Header + "GET /name ", StringComparison.Ordinal)));
        Assert.Contains(_stranger.Heads, head => head.Contains("\r\nX-Forwarded-For: 203.0.113.7\r\n", StringComparison.OrdinalIgnoreCase));
        Assert.All(_stranger.Heads, head => Assert.StartsWith("PROXY TCP4 ", head, StringComparison.Ordinal));
        Assert.Contains(_stranger.Heads, head => head.Contains("\r\nGET /up ", StringComparison.Ordinal));
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task A_busy_port_of_a_tcp_listener_is_an_error()
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            services: { web: { addresses: [9] } }
            gateway: { tcp: [ { listen: "{{_stranger.Address}}", service: web } ] }
            """);

        (await _sandbox.RunAsync("gateway")).Ended(4).PrintedNothing().Said("error EK3004", _stranger.Address, "set gateway.tcp to another address");
    }

    [Fact]
    public async Task Addresses_come_and_go_with_the_file_and_one_that_is_taken_refuses_all_of_it()
    {
        const string Open = "{ listen: 0, service: web }";
        Write(Open);
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("TCP      127.0.0.1:");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var first = (await _sandbox.PsAsync()).Tcp.Single();
        using var kept = await ConnectAsync(IPEndPoint.Parse(first));
        await AskAsync(kept, "", "stranger");

        Write(Open, "{ listen: '127.0.0.2:0', service: web, balance: source-hash }");
        (await _sandbox.RunAsync("reload")).Ended(0);
        var both = (await _sandbox.PsAsync()).Tcp;
        Assert.Equal((2, first), (both.Count, both[0]));
        using (var second = await ConnectAsync(IPEndPoint.Parse(both[1])))
        {
            Assert.EndsWith("stranger", await AskAsync(second, "", "stranger"), StringComparison.Ordinal);
        }

        Write($"{{ listen: '{_stranger.Address}', service: web }}");
        (await _sandbox.RunAsync("reload")).Ended(3).Said("error EK3013", $"cannot listen on {_stranger.Address}", "set gateway.tcp to another address");
        Assert.Equal(both, (await _sandbox.PsAsync()).Tcp);

        Write();
        (await _sandbox.RunAsync("reload")).Ended(0);
        Assert.Empty((await _sandbox.PsAsync()).Tcp);
        Assert.EndsWith("stranger", await AskAsync(kept, "", "stranger"), StringComparison.Ordinal);
        kept.Close();
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);

        void Write(params string[] listeners) => _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: raw
            services: { web: { addresses: ["{{_stranger.Address}}"], health: { interval: 100ms } } }
            gateway: { tcp: [ {{string.Join(", ", listeners)}} ] }
            """);
    }

    private static async Task<TcpClient> ConnectAsync(IPEndPoint address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address, Token);
        return client;
    }

    // Reads until one of the replies that are expected is whole, or the connection ends.
    private static async Task<string> AskAsync(TcpClient client, string header, params string[] ends)
    {
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(header + "GET /name HTTP/1.1\r\nHost: raw\r\n\r\n"), Token);
        var reply = new StringBuilder();
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, Token) is var read and > 0)
        {
            reply.Append(Encoding.ASCII.GetString(buffer, 0, read));
            if (ends.Any(end => reply.ToString().EndsWith(end, StringComparison.Ordinal)))
            {
                break;
            }
        }

        return reply.ToString();
    }
}
