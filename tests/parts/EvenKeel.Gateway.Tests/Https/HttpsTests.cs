using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.TestServers;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests.Https;

public sealed class HttpsTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task Both_addresses_lead_to_the_same_routes_and_instances_know_the_scheme()
    {
        await using var origin = Origin.Serve((head, _) => Origin.Ok(head.Find(line => line.StartsWith("X-Forwarded-Proto:", StringComparison.Ordinal))!));
        await using var gateway = Open();
        gateway.Add(origin);
        await using var client = await SecureChannel.ConnectAsync(Secure(gateway));

        Assert.Equal("X-Forwarded-Proto: https", (await client.AskAsync()).Body);
        Assert.Equal("X-Forwarded-Proto: https", (await client.AskAsync()).Body);
        Assert.Equal("X-Forwarded-Proto: http", (await gateway.GetAsync()).Text);
        Assert.True(_certificate.IsShown(client.Certificate));
        await gateway.Until(counts => counts.Completed == 3, "all three are counted");
    }

    [Fact]
    public async Task Redirects_know_the_scheme()
    {
        await using var gateway = Open(options => options with
        {
            Routes = [new RouteOptions { Redirect = new RedirectOptions { To = "{scheme}://other{path}" } }],
        });
        await using var client = await SecureChannel.ConnectAsync(Secure(gateway));

        Assert.Contains("Location: https://other/a\r\n", (await client.AskAsync("/a")).Head, StringComparison.Ordinal);
        Assert.Equal("http://other/a", (await gateway.GetAsync("/a"))["Location"]);
    }

    [Fact]
    public async Task A_response_of_many_records_arrives_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(number => $"{number},"));
        await using var origin = Origin.Say(text);
        await using var gateway = Open();
        gateway.Add(origin);
        await using var client = await SecureChannel.ConnectAsync(Secure(gateway));

        Assert.Equal(text, (await client.AskAsync()).Body);
    }

    [Fact]
    public async Task A_client_that_speaks_plain_http_is_told_so()
    {
        await using var gateway = Open();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Secure(gateway), Deadline.Token);
        using var channel = new ByteChannel(socket);
        await channel.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        var reply = await Deadline.Within(Reply.ReadAsync(channel));
        Assert.Equal((400, "request_invalid", "close"), (reply.Status, reply["X-EvenKeel-Error"], reply["Connection"]));
        Assert.Contains("This address speaks HTTPS", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_than_the_minimum_is_refused()
    {
        await using var gateway = Open(options => options with { Tls = options.Tls! with { RequireTls13 = true } });

        await Assert.ThrowsAnyAsync<Exception>(() => SecureChannel.ConnectAsync(Secure(gateway), SslProtocols.Tls12));
        await using var client = await SecureChannel.ConnectAsync(Secure(gateway), SslProtocols.Tls13);
        Assert.True(_certificate.IsShown(client.Certificate));
    }

    [Fact]
    public async Task Renewed_certificates_are_for_new_connections_and_those_that_are_there_live_on()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = Open();
        gateway.Add(origin);
        await using var old = await SecureChannel.ConnectAsync(Secure(gateway));
        Assert.False(gateway.Gateway.HasRenewedCertificates(gateway.Options));

        _certificate.Renew();
        Assert.True(gateway.Gateway.HasRenewedCertificates(gateway.Options));
        gateway.Gateway.RenewCertificates(gateway.Options);
        Assert.False(gateway.Gateway.HasRenewedCertificates(gateway.Options));
        await using var next = await SecureChannel.ConnectAsync(Secure(gateway));

        Assert.True(_certificate.IsShown(next.Certificate));
        Assert.False(_certificate.IsShown(old.Certificate));
        Assert.Equal("ok", (await old.AskAsync()).Body);
    }

    [Fact]
    public async Task Certificates_that_cannot_be_used_leave_those_before_in_force()
    {
        await using var gateway = Open();
        var before = _certificate.Print;
        File.Delete(_certificate.Key);

        Assert.True(gateway.Gateway.HasRenewedCertificates(gateway.Options));
        var error = Assert.Throws<TlsException>(() => gateway.Gateway.RenewCertificates(gateway.Options));
        Assert.Contains(_certificate.Key, error.Message, StringComparison.Ordinal);
        await using var client = await SecureChannel.ConnectAsync(Secure(gateway));
        Assert.Equal(before, client.Certificate!.GetCertHashString());
    }

    [Fact]
    public async Task Draining_finishes_what_is_under_way_and_ends_streams_in_order()
    {
        var release = new TaskCompletionSource();
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await release.Task;
            await channel.SendAsync(Origin.Ok("late"));
            await channel.ReadHeadAsync();
        });
        await using var gateway = Open();
        var endpoint = gateway.Add(origin);
        await using var client = await SecureChannel.ConnectAsync(Secure(gateway));
        var idle = await gateway.ConnectAsync();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Deadline.Until(() => endpoint.InFlight == 1, "the request is in flight");

        var drain = gateway.Gateway.DrainAsync(Deadline.Limit, Deadline.Token);

        // The loop tells all of its connections in one go: once the idle one is closed, the busy one knows.
        Assert.Equal("", await Deadline.Within(idle.ReadToEndAsync()));
        release.SetResult();
        var (head, body) = await client.ReadAsync();
        Assert.Equal("late", body);
        Assert.Contains("Connection: close", head, StringComparison.Ordinal);
        Assert.True(await client.HasEndedAsync());
        Assert.True(await Deadline.Within(drain));
        await Assert.ThrowsAsync<SocketException>(() => SecureChannel.ConnectAsync(Secure(gateway)));
    }

    [Fact]
    public async Task A_client_that_never_finishes_its_handshake_is_cut_off_and_holds_a_place_until_then()
    {
        await using var gateway = Open(options => options with
        {
            Limits = options.Limits with { Connections = 1 },
            Timeouts = options.Timeouts with { Head = TimeSpan.FromMilliseconds(300) },
        });
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await silent.ConnectAsync(Secure(gateway), Deadline.Token);

        // The second waits in the kernel until the first was cut off; its handshake is proof that it was.
        await using var second = await SecureChannel.ConnectAsync(Secure(gateway));
        Assert.Equal(0, await Deadline.Within(silent.ReceiveAsync(new byte[100], Deadline.Token).AsTask()));
    }

    [Fact]
    public async Task Nothing_is_listened_on_when_a_certificate_cannot_be_used()
    {
        using var other = new TestCertificate();
        var missing = await RefusalAsync(new CertificateOptions("/nowhere/site.pem", _certificate.Key));
        var mismatch = await RefusalAsync(new CertificateOptions(_certificate.File, other.Key));

        Assert.Contains("/nowhere/site.pem", missing, StringComparison.Ordinal);
        Assert.Contains($"the key {other.Key} does not belong to the certificate {_certificate.File}", mismatch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_port_is_named_with_its_key()
    {
        await using var first = Open();
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1 });
        await using var second = Made(first.Options with { Tls = first.Options.Tls! with { Listen = Secure(first) } }, group);

        var error = Assert.Throws<AddressInUseException>(() => second.Start());
        Assert.Equal((true, "gateway.tls.listen", Secure(first)), (error.IsBusy, error.Setting, error.Address));
        Assert.Contains("set gateway.tls.listen", error.Message, StringComparison.Ordinal);
        Assert.Equal(GatewayState.Created, second.State);
    }

    private static IPEndPoint Secure(TestGateway gateway) => gateway.Gateway.SecureAddress!;

    private static HttpGateway Made(GatewayOptions options, LoopGroup group) =>
        new(options, new EndpointDirectory(), group, TimeProvider.System, NullLoggerFactory.Instance);

    private async Task<string> RefusalAsync(CertificateOptions files)
    {
        await using var group = TestTransport.Open(new LoopGroupOptions { Loops = 1 });
        var options = Options(new GatewayOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) });
        await using var gateway = Made(options with { Tls = options.Tls! with { Certificates = [files] } }, group);
        var message = Assert.Throws<TlsException>(() => gateway.Start()).Message;
        Assert.Equal(GatewayState.Created, gateway.State);
        return message;
    }

    private TestGateway Open(Func<GatewayOptions, GatewayOptions>? change = null) => new(options => change?.Invoke(Options(options)) ?? Options(options));

    private GatewayOptions Options(GatewayOptions options) => options with
    {
        Tls = new GatewayTlsOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Certificates = [new CertificateOptions(_certificate.File, _certificate.Key)],
        },
    };
}
