using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>WebSockets that stay open while one version of the file after another comes into force, each of which is seen at work.</summary>
[Trait("Category", "Process")]
public sealed class ReloadEnduranceProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly StrangerServer _server = new("only");
    private readonly List<PlainClient> _tunnels = [];

    public async ValueTask DisposeAsync()
    {
        _tunnels.ForEach(tunnel => tunnel.Dispose());
        await _sandbox.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("socket")]
    public Task A_hundred_WebSockets_survive_twenty_versions(string transport) => SurviveAsync(transport, 100, 20, TimeSpan.FromSeconds(60));

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("epoll")]
    [InlineData("socket")]
    public Task Five_hundred_WebSockets_survive_six_hundred_versions_in_a_minute(string transport)
        => SurviveAsync(transport, 500, 600, TimeSpan.FromSeconds(60));

    private async Task SurviveAsync(string transport, int tunnels, int versions, TimeSpan limit)
    {
        Write(transport, 0);
        using var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var url = _sandbox.RunOf("alone").Gateway!;
        for (var i = 0; i < tunnels; i++)
        {
            _tunnels.Add(await TunnelAsync(url));
        }

        using var client = await PlainClient.ConnectAsync(url);
        var start = TimeProvider.System.GetTimestamp();
        for (var version = 1; version <= versions; version++)
        {
            Write(transport, version);
            gateway.Signal(PosixSignal.SIGHUP);
            var expected = version.ToString(CultureInfo.InvariantCulture);
            await Eventually.TrueAsync(
                async () => (await client.GetAsync("/version")).Body == expected, TimeSpan.FromSeconds(20), () => $"version {expected} is not in force");

            // One tunnel each time, in turn, so that all are used again and again; at the end all of them.
            await EchoAsync(_tunnels[version % tunnels], $"version {expected};");
        }

        var took = TimeProvider.System.GetElapsedTime(start);
        foreach (var tunnel in _tunnels)
        {
            await EchoAsync(tunnel, "the end;");
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{transport}: {versions} versions in {took.TotalSeconds:0.0} s, {tunnels} tunnels"));
        Assert.True(took <= limit, $"INCONCLUSIVE: {versions} versions took {took.TotalSeconds:0.0} s");
        Assert.Equal((versions + 1, 0), ((await _sandbox.PsAsync()).Configuration!.Version, (await _sandbox.PsAsync()).Configuration!.Refused));
        gateway.Signal(PosixSignal.SIGTERM);
        _tunnels.ForEach(tunnel => tunnel.Dispose());
        (await gateway.EndAsync()).Ended(143);
    }

    // Renamed into place, so that no half of a file is ever read.
    private void Write(string transport, int version)
    {
        var beside = _sandbox.PathOf("evenkeel.yaml.new");
        File.WriteAllText(beside, $$"""
            version: 1
            name: alone
            services: { web: { addresses: ["{{_server.Address}}"] } }
            gateway:
              transport: {{transport}}
              routes: [ { path: /version, respond: { body: '{{version}}' } }, { service: web } ]
            """);
        File.Move(beside, _sandbox.PathOf("evenkeel.yaml"), overwrite: true);
    }

    private static async Task<PlainClient> TunnelAsync(Uri url)
    {
        var client = await PlainClient.ConnectAsync(url);
        await client.SendAsync("GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        Assert.Equal(101, (await client.ReadHeadAsync()).Status);
        return client;
    }

    private static async Task EchoAsync(PlainClient tunnel, string text)
    {
        await tunnel.SendAsync(text);
        Assert.Equal(text, await tunnel.ReadBodyAsync(Encoding.ASCII.GetByteCount(text)));
    }
}
