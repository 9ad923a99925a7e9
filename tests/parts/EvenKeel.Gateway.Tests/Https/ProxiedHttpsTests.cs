using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.TestServers;

namespace EvenKeel.Gateway.Tests.Https;

/// <summary>The PROXY header in front of the ClientHello, from sources that are trusted.</summary>
public sealed class ProxiedHttpsTests : IDisposable
{
    private const string V1 = "PROXY TCP4 192.0.2.1 198.51.100.7 12345 443\r\n";
    private const string V2 = "0D0A0D0A000D0A515549540A" + "2111000C" + "C0000201" + "C6336407" + "303901BB";
    private const string Local = "0D0A0D0A000D0A515549540A" + "20000000";
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8")];

    private readonly TestCertificate _certificate = new();

    public void Dispose() => _certificate.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task The_address_of_a_header_in_front_of_tls_is_the_clients_for_every_request(int version, bool inPieces)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = Open(Loopback);
        gateway.Add(origin);
        var header = version == 1 ? Encoding.ASCII.GetBytes(V1) : Convert.FromHexString(V2);
        await using var client = await ConnectAsync(gateway, header, inPieces);

        Assert.True(_certificate.IsShown(client.Certificate));
        Assert.Equal("ok", (await client.AskAsync()).Body);
        Assert.Equal("ok", (await client.AskAsync()).Body);
        Assert.Equal(2, origin.Heads.Count);
        Assert.All(origin.Heads, head => Assert.Contains("X-Forwarded-For: 192.0.2.1", head));
        Assert.All(origin.Heads, head => Assert.Contains("X-Forwarded-Proto: https", head));
    }

    [Fact]
    public async Task What_a_proxy_sends_for_itself_has_the_address_of_the_connection()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = Open(Loopback);
        gateway.Add(origin);
        await using var client = await ConnectAsync(gateway, Convert.FromHexString(Local));

        Assert.Equal("ok", (await client.AskAsync()).Body);
        Assert.Contains("X-Forwarded-For: 127.0.0.1", Assert.Single(origin.Heads));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.7 012345 443\r\n")]
    public async Task A_client_without_a_valid_header_gets_no_handshake_and_is_counted(string header)
    {
        await using var gateway = Open(Loopback);
        await AssertResetAsync(gateway, header);
        await gateway.Until(counts => counts.RefusedSources == 1, "it is counted as refused");
    }

    [Fact]
    public async Task A_source_that_is_not_trusted_gets_no_handshake_even_with_a_header()
    {
        await using var gateway = Open([IPNetwork.Parse("2001:db8::/32")]);
        await AssertResetAsync(gateway, V1);
        await gateway.Until(counts => counts.RefusedSources == 1, "it is counted as refused");
    }

    [Fact]
    public async Task A_header_has_the_time_of_a_head_to_arrive_in()
    {
        await using var gateway = Open(Loopback, TimeSpan.FromMilliseconds(150));
        using var client = await RawAsync(gateway);
        await client.SendAsync("PROXY ");
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(counts => counts.RefusedSources == 1, "it is counted as refused");
    }

    [Fact]
    public async Task A_client_that_ends_within_its_header_has_left()
    {
        await using var gateway = Open(Loopback);
        using var client = await RawAsync(gateway);
        await client.SendAsync("PROXY ");
        client.EndSending();
        Assert.Equal("", await Deadline.Within(client.ReadToEndAsync()));
        Assert.Equal(0, gateway.Statistics.RefusedSources);
    }

    private static Task<SecureChannel> ConnectAsync(TestGateway gateway, byte[] header, bool inPieces = false)
        => SecureChannel.ConnectAsync(gateway.Gateway.SecureAddress!, preamble: header, inPieces: inPieces);

    // The reset may arrive before the client's connect has returned.
    private static async Task AssertResetAsync(TestGateway gateway, string header)
    {
        var error = await Record.ExceptionAsync(() => ConnectAsync(gateway, Encoding.ASCII.GetBytes(header)));
        Assert.True(error is IOException or SocketException, error?.ToString() ?? "the handshake succeeded");
    }

    private static async Task<ByteChannel> RawAsync(TestGateway gateway)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway.Gateway.SecureAddress!, Deadline.Token);
        return new ByteChannel(socket);
    }

    private TestGateway Open(IPNetwork[] trusted, TimeSpan? head = null) => new(options => options with
    {
        TrustedProxies = trusted,
        Timeouts = options.Timeouts with { Head = head ?? options.Timeouts.Head },
        Tls = new GatewayTlsOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Certificates = [new CertificateOptions(_certificate.File, _certificate.Key)],
        },
    });
}
