using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Tests.Tcp;

/// <summary>TLS goes through untouched to the service that the client names: real handshakes, end to end.</summary>
public abstract class PassthroughConformance
{
    private static readonly X509Certificate2 Certificate = MakeCertificate();

    protected abstract LoopGroup Open(LoopGroupOptions options);

    [Theory]
    [InlineData(SslProtocols.Tls12, "a.example", "web")]
    [InlineData(SslProtocols.Tls13, "a.example", "web")]
    [InlineData(SslProtocols.Tls12, "deep.down.b.example", "api")]
    [InlineData(SslProtocols.Tls13, "X.B.Example", "api")]
    public async Task A_client_reaches_the_service_that_it_names(SslProtocols protocol, string name, string service)
    {
        await using var web = Server("web");
        await using var api = Server("api");
        await using var gateway = OpenGateway();
        gateway.Add(web);
        gateway.Add(api, "api");
        Assert.Equal((service, protocol, name), await AskAsync(gateway, protocol, name));
        await Deadline.Until(() => gateway.Statistics.Active == 0, "the relay is over");
    }

    [Fact]
    public async Task A_client_that_names_no_server_gets_the_default()
    {
        await using var web = Server("web");
        await using var gateway = OpenGateway("web");
        gateway.Add(web);
        Assert.Equal("web", (await AskAsync(gateway, SslProtocols.Tls13, "")).Service);
    }

    [Fact]
    public async Task Without_a_default_an_unknown_name_is_refused_with_an_alert()
    {
        await using var gateway = OpenGateway();
        await Assert.ThrowsAsync<AuthenticationException>(() => AskAsync(gateway, SslProtocols.Tls13, "other.example"));
        await gateway.Until(TcpOutcome.UnknownServerName);
    }

    [Fact]
    public async Task What_is_not_TLS_is_refused_with_an_alert()
    {
        await using var gateway = OpenGateway();
        var client = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\n\r\n");
        Assert.Equal([21, 3, 3, 0, 2, 2, 50], await client.ReadExactAsync(7));
        Assert.Equal("", await Deadline.Within(client.ReadToEndAsync()));
        client.EndSending();
        await gateway.Until(TcpOutcome.BadClientHello);
    }

    [Fact]
    public async Task A_hello_in_single_bytes_reaches_the_server_byte_by_byte_as_it_was_sent()
    {
        byte[] hello = await CaptureHelloAsync("a.example");
        var seen = new TaskCompletionSource<byte[]>();
        await using var origin = new Origin(async channel => seen.SetResult(await channel.ReadExactAsync(hello.Length)));
        await using var gateway = OpenGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        foreach (byte one in hello)
        {
            await client.SendAsync(new[] { one });
        }

        Assert.Equal(hello, await Deadline.Within(seen.Task));
    }

    private TestTcpGateway OpenGateway(string? service = null) => new(Open, listener => listener with
    {
        Service = service,
        ServerNames = [KeyValuePair.Create("A.example", "web"), KeyValuePair.Create("*.b.example", "api")],
    });

    private static Origin Server(string service) => new(async channel =>
    {
        await using var tls = new SslStream(new NetworkStream(channel.Socket));
        string? named = null;
        await tls.AuthenticateAsServerAsync(
            (_, hello, _, _) =>
            {
                named = hello.ServerName;
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificate = Certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                });
            },
            null,
            Deadline.Token);
        await using var writer = new StreamWriter(tls);
        await writer.WriteLineAsync($"{service} {named}");
        await writer.FlushAsync(Deadline.Token);
        await tls.ShutdownAsync();
    });

    private static async Task<(string Service, SslProtocols Protocol, string Name)> AskAsync(TestTcpGateway gateway, SslProtocols protocol, string name)
    {
        using var channel = await gateway.ConnectAsync();
        await using var tls = new SslStream(
            new NetworkStream(channel.Socket), false, (_, shown, _, _) => shown?.GetCertHashString() == Certificate.GetCertHashString());
        await Deadline.Within(tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = name, EnabledSslProtocols = protocol }, Deadline.Token));
        using var reader = new StreamReader(tls);
        string[] answer = (await Deadline.Within(reader.ReadLineAsync(Deadline.Token).AsTask()))!.Split(' ');
        return (answer[0], tls.SslProtocol, string.Equals(answer[1], name, StringComparison.OrdinalIgnoreCase) ? name : answer[1]);
    }

    // The first message of a real client, kept by a server that answers nothing.
    private static async Task<byte[]> CaptureHelloAsync(string name)
    {
        var kept = new TaskCompletionSource<byte[]>();
        await using var origin = new Origin(async channel =>
        {
            byte[] head = await channel.ReadExactAsync(5);
            kept.SetResult([.. head, .. await channel.ReadExactAsync(head[3] << 8 | head[4])]);
        });
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(origin.Address, Deadline.Token);
        await using var tls = new SslStream(new NetworkStream(socket));
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(name));
        return await kept.Task;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a.example", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
