using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Health;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Proxying.ProxyProtocol;
using EvenKeel.TestServers;

namespace EvenKeel.Gateway.Tests.Health;

[Trait("Category", "Process")]
public sealed class EndpointCheckProcessTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", true, "status 200")]
    [InlineData("HTTP/1.0 204 No Content\r\n\r\n", true, "status 204")]
    [InlineData("HTTP/1.1 302 Found\r\n\r\n", false, "status 302")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\n", false, "status 503")]
    [InlineData("SSH-2.0-OpenSSH_9\r\n", false, "the answer is not HTTP/1.x")]
    [InlineData("HTTP/1.1 2", false, "the connection ended after 10 bytes")]
    [InlineData("", false, "the connection ended after 0 bytes")]
    public async Task Only_a_2xx_answer_is_a_success(string answer, bool succeeded, string reason)
    {
        await using var server = new ScriptedServer(answer);
        CheckResult result = await Check(server.Address, "/ready?full=1", TimeSpan.FromSeconds(20));
        Assert.Equal(new CheckResult(succeeded, reason), result);
        Assert.StartsWith($"GET /ready?full=1 HTTP/1.1\r\nHost: {server.Address}\r\n", server.LastRequest, StringComparison.Ordinal);
        Assert.EndsWith("Connection: close\r\n\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_follows_its_head_meets_no_reset()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Task<CheckResult> checking = Check((IPEndPoint)listener.LocalEndPoint!, "/ready", TimeSpan.FromSeconds(20));
        using Socket connection = await listener.AcceptAsync(token);
        await connection.ReceiveAsync(new byte[4096], token);
        await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"u8.ToArray(), token);
        Assert.True((await checking).Succeeded);

        await connection.SendAsync("one"u8.ToArray(), token);
        await connection.SendAsync("two"u8.ToArray(), token);
        connection.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await connection.ReceiveAsync(new byte[1], token));
    }

    [Fact]
    public async Task No_answer_in_time_is_a_failure()
    {
        await using var server = new ScriptedServer(null);
        Assert.Equal(new CheckResult(false, "no answer in 300 ms"), await Check(server.Address, "/", Timeout));
    }

    [Fact]
    public async Task Without_a_path_an_accepting_port_is_enough_and_a_closed_one_a_failure()
    {
        var server = new ScriptedServer(null);
        IPEndPoint address = server.Address;
        Assert.True((await Check(address, null, TimeSpan.FromSeconds(20))).Succeeded);
        await server.DisposeAsync();
        Assert.Equal(new CheckResult(false, nameof(SocketError.ConnectionRefused)), await Check(address, null, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_check_that_is_given_up_says_nothing()
    {
        await using var server = new ScriptedServer(null);
        using var ending = new CancellationTokenSource(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => EndpointCheck.RunAsync(server.Address, "/", null, null, TimeSpan.FromSeconds(30), TimeProvider.System, ending.Token));
    }

    [Theory]
    [InlineData(ProxyVersion.V1, "PROXY TCP4 127.0.0.1 127.0.0.1 ")]
    [InlineData(ProxyVersion.V2, "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0GET /ready HTTP/1.1\r\n")]
    public async Task An_endpoint_that_reads_a_proxy_header_gets_one_before_the_request(ProxyVersion version, string begin)
    {
        await using var server = new ScriptedServer("HTTP/1.1 200 OK\r\n\r\n");
        CheckResult result = await Check(server.Address, "/ready", TimeSpan.FromSeconds(20), version);
        Assert.Equal(new CheckResult(true, "status 200"), result);
        Assert.StartsWith(begin, server.LastRequest, StringComparison.Ordinal);
        Assert.Contains("GET /ready HTTP/1.1\r\n", server.LastRequest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ready", "status 200")]
    [InlineData(null, "the port accepts")]
    public async Task A_check_with_TLS_trusts_what_the_gateway_trusts(string? path, string reason)
    {
        using var authority = new TestAuthority();
        await using var origin = SecureOrigin.Say(authority.Sign("api.test"), "fine");
        var tls = new ServiceTlsOptions { ServerName = "api.test", Authorities = authority.File };
        Assert.Equal(new CheckResult(true, reason), await Check(origin.Address, path, TimeSpan.FromSeconds(20), tls: tls));

        CheckResult wrong = await Check(origin.Address, path, TimeSpan.FromSeconds(20), tls: tls with { ServerName = "other.test" });
        Assert.False(wrong.Succeeded);
        Assert.StartsWith("TLS: ", wrong.Reason, StringComparison.Ordinal);
        Assert.Contains("RemoteCertificateNameMismatch", wrong.Reason, StringComparison.Ordinal);
        CheckResult unknown = await Check(origin.Address, path, TimeSpan.FromSeconds(20), tls: tls with { Authorities = null });
        Assert.StartsWith("TLS: ", unknown.Reason, StringComparison.Ordinal);
        Assert.Matches("UntrustedRoot|PartialChain", unknown.Reason);
        CheckResult missing = await Check(origin.Address, path, TimeSpan.FromSeconds(20), tls: tls with { Authorities = "/nowhere.pem" });
        Assert.Contains("/nowhere.pem", missing.Reason, StringComparison.Ordinal);
        Assert.True((await Check(
            origin.Address, path, TimeSpan.FromSeconds(20), tls: new ServiceTlsOptions { ServerName = "other.test", Insecure = true })).Succeeded);
    }

    private static Task<CheckResult> Check(IPEndPoint address, string? path, TimeSpan timeout, ProxyVersion? proxy = null, ServiceTlsOptions? tls = null)
        => EndpointCheck.RunAsync(address, path, proxy, tls, timeout, TimeProvider.System, TestContext.Current.CancellationToken);
}
