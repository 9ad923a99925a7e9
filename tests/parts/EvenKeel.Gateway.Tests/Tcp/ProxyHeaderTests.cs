using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Tcp;

public sealed class ProxyHeaderTests
{
    private const string Line = "PROXY TCP4 192.0.2.1 198.51.100.7 12345 443\r\n";
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8")];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_header_of_a_trusted_proxy_is_taken_off_however_it_is_split_and_passed_on_in_the_services_version(bool inPieces)
    {
        await using var origin = new Origin(async channel => await channel.SendAsync($"got {await channel.ReadToEndAsync()}"));
        await using var gateway = Open(Loopback, header: ProxyProtocolVersion.V1);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        foreach (string piece in inPieces ? [.. (Line + "hello").Select(c => c.ToString())] : new[] { Line + "hello" })
        {
            await client.SendAsync(piece);
        }

        client.EndSending();
        Assert.Equal($"got {Line}hello", await Deadline.Within(client.ReadToEndAsync()));
    }

    [Fact]
    public async Task A_service_that_reads_version_2_learns_the_clients_address()
    {
        await using var origin = new Origin(async channel => await channel.SendAsync(await channel.ReadExactAsync(28)));
        await using var gateway = Open(null, header: ProxyProtocolVersion.V2);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        byte[] header = await client.ReadExactAsync(28);
        int port = ((IPEndPoint)client.Socket.LocalEndPoint!).Port;
        Assert.Equal("0D0A0D0A000D0A515549540A2111000C7F0000017F000001", Convert.ToHexString(header.AsSpan(0, 24)));
        Assert.Equal((port, gateway.Address.Port), (header[24] << 8 | header[25], header[26] << 8 | header[27]));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.7 012345 443\r\n")]
    public async Task A_client_without_a_valid_header_is_reset(string said)
    {
        await using var origin = new Origin(_ => Task.CompletedTask);
        await using var gateway = Open(Loopback);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync(said);
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(TcpOutcome.BadProxyHeader);
        Assert.Equal(0, origin.Connections);
    }

    [Fact]
    public async Task A_source_that_is_not_trusted_is_refused_even_with_a_header()
    {
        await using var origin = new Origin(_ => Task.CompletedTask);
        await using var gateway = Open([IPNetwork.Parse("192.0.2.0/24")]);
        gateway.Add(origin);
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            var client = await gateway.ConnectAsync();
            await client.SendAsync(Line);
            await Deadline.Within(client.ReadToEndAsync());
        });
        await gateway.Until(TcpOutcome.UntrustedSource);
        Assert.Equal(0, origin.Connections);
    }

    [Fact]
    public async Task A_header_has_a_time_to_arrive_in()
    {
        await using var gateway = Open(Loopback, timeouts: new TcpTimeoutOptions { Handshake = TimeSpan.FromMilliseconds(150) });
        var client = await gateway.ConnectAsync();
        await client.SendAsync("PROXY ");
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(TcpOutcome.HandshakeTimeout);
    }

    [Fact]
    public async Task A_client_that_ends_within_its_header_has_left()
    {
        await using var gateway = Open(Loopback);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("PROXY ");
        client.EndSending();
        await gateway.Until(TcpOutcome.ClientAborted);
    }

    private static TestTcpGateway Open(IPNetwork[]? trusted, ProxyProtocolVersion? header = null, TcpTimeoutOptions? timeouts = null) => new(
        TestTransport.Open,
        listener => listener with { TrustedProxies = trusted, Timeouts = timeouts ?? listener.Timeouts }, header);
}
