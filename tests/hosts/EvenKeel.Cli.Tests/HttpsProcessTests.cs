using EvenKeel.Cli.Tests.Running;
using EvenKeel.TestServers;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class HttpsProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly StrangerServer _server = new("first");
    private readonly TestCertificate _certificate = new();

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Clients_that_trust_the_certificate_are_served_and_it_is_renewed_without_dropping_their_connections()
    {
        Write(_certificate.Key);
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("HTTPS    https://127.0.0.1:");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var secure = (await _sandbox.PsAsync()).SecureGateway!;
        using var first = Trusting(out var trustsFirst);

        Assert.Equal("first", await first.GetStringAsync(secure, TestContext.Current.CancellationToken));
        Assert.Contains(_server.Heads, head => head.Contains("X-Forwarded-Proto: https\r\n", StringComparison.Ordinal));
        (await _sandbox.RunAsync("reload")).Ended(0).Printed("nothing has changed; version 1 is in force");

        // Renewed in place: nobody has to say so.
        _certificate.Renew();
        await _sandbox.ShowsAsync(cluster => cluster.Configuration is { Version: 2, Changes: ["gateway.tls.certificates"] });
        using var second = Trusting(out _);
        Assert.Equal("first", await second.GetStringAsync(secure, TestContext.Current.CancellationToken));
        Assert.Equal("first", await first.GetStringAsync(secure, TestContext.Current.CancellationToken));
        Assert.Equal(1, trustsFirst.Count);

        File.Delete(_certificate.Key);
        (await _sandbox.RunAsync("reload")).Ended(3).Said("error EK3013", _certificate.Key, "version 2 stays in force");
        using var third = Trusting(out _);
        Assert.Equal("first", await third.GetStringAsync(secure, TestContext.Current.CancellationToken));
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task A_key_that_is_missing_or_of_another_certificate_is_an_error_at_the_start()
    {
        using var other = new TestCertificate();
        Write("gone.key");
        (await _sandbox.RunAsync("gateway")).Ended(4).PrintedNothing().Said("error EK3015", "gone.key");

        Write(other.Key);
        (await _sandbox.RunAsync("gateway")).Ended(4).PrintedNothing().Said("error EK3015", $"the key {other.Key} does not belong to the certificate");
    }

    [Fact]
    public async Task A_busy_port_is_an_error_and_not_given_way_to()
    {
        Write(_certificate.Key, listen: _server.Address);

        (await _sandbox.RunAsync("gateway")).Ended(4).PrintedNothing().Said("error EK3004", "set gateway.tls.listen to another address");
    }

    private void Write(string key, string listen = "127.0.0.1:0") => _sandbox.With("evenkeel.yaml", $$"""
        version: 1
        name: alone
        services:
          web: { addresses: ["{{_server.Address}}"], health: { interval: 100ms } }
        gateway:
          tls: { listen: "{{listen}}", certificates: [ { certificate: {{_certificate.File}}, key: {{key}} } ] }
        """);

    /// <summary>A client that trusts the certificate of this moment alone, and counts the handshakes in which it looked at one.</summary>
    private HttpClient Trusting(out Handshakes handshakes)
    {
        var print = _certificate.Print;
        var counted = handshakes = new Handshakes();
        return new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    counted.Count++;
                    return certificate!.GetCertHashString() == print;
                },
            },
        });
    }

    private sealed class Handshakes
    {
        public int Count { get; set; }
    }
}
