using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Probes;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.TestServers;

namespace EvenKeel.Fleet.Tests.Probes;

[Trait("Category", "Process")]
public sealed class SocketProbeProcessTests : IDisposable
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly SocketProbe _probe = new(TimeProvider.System);

    public SocketProbeProcessTests() => _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_reply_of_2xx_by_the_process_itself_passes()
    {
        var asked = AnswerAsync(Ok);

        Assert.True((await CheckAsync("/ready?full=1", true)).Ok);
        Assert.StartsWith($"GET /ready?full=1 HTTP/1.1\r\nHost: 127.0.0.1:{Port}\r\n", await asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", "GET /ready answered 503")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "GET /ready answered 302")]
    [InlineData("", "GET /ready: the connection closed without a reply")]
    [InlineData("HTTP/1.1 200 OK\r\n", "GET /ready: the connection closed inside the reply's head")]
    [InlineData("220 mail ready\r\n\r\n", "GET /ready: the reply is no HTTP/1.1")]
    public async Task Any_other_reply_fails_with_its_reason(string reply, string reason)
    {
        var asked = AnswerAsync(reply);

        Assert.Equal(reason, (await CheckAsync("/ready", true)).Failure);
        await asked;
    }

    [Theory]
    [InlineData(ProxyVersion.V1, "PROXY TCP4 127.0.0.1 127.0.0.1 ")]
    [InlineData(ProxyVersion.V2, "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0GET /ready HTTP/1.1\r\n")]
    public async Task An_instance_that_reads_a_proxy_header_gets_one_before_the_request(ProxyVersion version, string begin)
    {
        var asked = AnswerAsync(Ok);

        var target = new ProbeTarget(Port, "/ready", TimeSpan.FromSeconds(20), new FakeListener(true, true), "nonce") { Proxy = version };
        Assert.True((await _probe.CheckAsync(target, Token)).Ok);
        Assert.StartsWith(begin, await asked, StringComparison.Ordinal);
        Assert.Contains("GET /ready HTTP/1.1\r\n", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_follows_its_head_meets_no_reset()
    {
        _listener.Listen();
        var checking = CheckAsync("/ready", true);
        using var connection = await _listener.AcceptAsync(Token);
        await connection.ReceiveAsync(new byte[4096], Token);
        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"u8.ToArray(), Token);
        Assert.True((await checking).Ok);

        await connection.SendAsync("one"u8.ToArray(), Token);
        await connection.SendAsync("two"u8.ToArray(), Token);
        connection.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await connection.ReceiveAsync(new byte[1], Token));
    }

    [Fact]
    public async Task An_instance_that_speaks_TLS_is_asked_with_it_whatever_its_certificate()
    {
        using var certificate = new TestCertificate("somebody");
        _listener.Listen();
        var asked = Task.Run(async () =>
        {
            await using var stream = new SslStream(new NetworkStream(await _listener.AcceptAsync(Token), ownsSocket: true));
            await stream.AuthenticateAsServerAsync(X509Certificate2.CreateFromPemFile(certificate.File, certificate.Key));
            var buffer = new byte[4096];
            var read = await stream.ReadAtLeastAsync(buffer, 20, true, Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Ok), Token);
            return Encoding.ASCII.GetString(buffer, 0, read);
        });
        var target = new ProbeTarget(Port, "/ready", TimeSpan.FromSeconds(20), new FakeListener(true, true), "nonce")
        {
            Tls = new ServiceTlsOptions { ServerName = "api.test" },
        };
        Assert.Null((await _probe.CheckAsync(target, Token)).Failure);
        Assert.StartsWith("GET /ready HTTP/1.1\r\n", await asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_cut()
    {
        var asked = AnswerAsync("HTTP/1.1 200 OK\r\nX: " + new string('a', 20_000));

        Assert.Equal("GET /ready: the reply's head is longer than 16384 bytes", (await CheckAsync("/ready", true)).Failure);
        await asked;
    }

    [Fact]
    public async Task A_reply_that_takes_too_long_fails()
    {
        _listener.Listen();

        Assert.Equal("GET /ready did not answer within 100 ms", (await CheckAsync("/ready", TimeSpan.FromMilliseconds(100), true)).Failure);
    }

    [Fact]
    public async Task A_port_that_nobody_listens_on_fails_and_accuses_nobody()
    {
        var port = Port;
        _listener.Dispose();

        var result = await _probe.CheckAsync(
            new ProbeTarget(port, "/ready", TimeSpan.FromSeconds(5), new FakeListener(false), "nonce"), Token);

        Assert.Equal(($"port {port}: Connection refused", null), (result.Failure, result.ForeignHolder));
    }

    [Fact]
    public async Task Without_a_path_an_accepted_connection_is_enough()
    {
        _listener.Listen();

        Assert.True((await CheckAsync(null, true)).Ok);
    }

    [Theory]
    [InlineData("/ready")]
    [InlineData(null)]
    public async Task A_perfect_reply_of_another_process_fails_and_names_it(string? path)
    {
        var asked = AnswerAsync(Ok);

        var result = await CheckAsync(path, false);

        Assert.Equal($"process {Environment.ProcessId} (EvenKeel.Fleet.)", result.ForeignHolder);
        Assert.Contains("not by this instance", result.Failure, StringComparison.Ordinal);
        await asked;
    }

    [Fact]
    public async Task A_listener_that_appeared_during_the_check_must_pass_another_one()
    {
        var asked = AnswerAsync(Ok);

        Assert.Equal($"it began to listen on port {Port} during the check", (await CheckAsync("/ready", false, true)).Failure);
        await asked;
    }

    [Fact]
    public async Task A_listener_that_vanished_during_the_check_is_no_foreigner()
    {
        var asked = AnswerAsync(Ok);

        var result = await CheckAsync("/ready", true, false);

        Assert.Equal(($"it ceased to listen on port {Port} during the check", null), (result.Failure, result.ForeignHolder));
        await asked;
    }

    [Theory]
    [InlineData("X-EvenKeel-Nonce: nonce", null)]
    [InlineData("X-EvenKeel-Nonce: other", "the reply of /ready carries the nonce of another process")]
    [InlineData("X-Other: nonce", "the reply of /ready lacks the header X-EvenKeel-Nonce with the value of EVENKEEL_NONCE")]
    public async Task Where_the_system_cannot_tell_the_nonce_must(string header, string? failure)
    {
        var asked = AnswerAsync($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n");

        Assert.Equal(failure, (await CheckAsync("/ready", (bool?)null)).Failure);
        await asked;
    }

    [Fact]
    public async Task Where_the_system_cannot_tell_and_there_is_no_path_nothing_is_proved()
    {
        _listener.Listen();

        Assert.Contains("set health.ready", (await CheckAsync(null, (bool?)null)).Failure, StringComparison.Ordinal);
    }

    private Task<ProbeResult> CheckAsync(string? path, params bool?[] listens) => CheckAsync(path, TimeSpan.FromSeconds(20), listens);

    private Task<ProbeResult> CheckAsync(string? path, TimeSpan timeout, params bool?[] listens) =>
        _probe.CheckAsync(new ProbeTarget(Port, path, timeout, new FakeListener(listens), "nonce"), Token);

    // Reads the request before it replies and closes, so that no reset can overtake the reply.
    private async Task<string> AnswerAsync(string reply)
    {
        _listener.Listen();
        using var connection = await _listener.AcceptAsync(Token);
        var buffer = new byte[4096];
        var read = await connection.ReceiveAsync(buffer, Token);
        if (reply.Length > 0)
        {
            await connection.SendAsync(Encoding.ASCII.GetBytes(reply), Token);
        }

        connection.Shutdown(SocketShutdown.Send);
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
