using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class ReloadProcessTests : IAsyncDisposable
{
    private const int Versions = 20;
    private readonly Sandbox _sandbox = new();
    private readonly StrangerServer _first = new("first");
    private readonly StrangerServer _second = new("second");
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    [Fact]
    public async Task Tunnels_outlive_many_versions_each_of_which_takes_effect_and_also_the_removal_of_their_endpoint()
    {
        Write("/v0", both: true);
        using var gateway = await StartAsync();
        var url = _sandbox.RunOf("alone").Gateway!;
        List<Socket> tunnels = [await TunnelAsync(url), await TunnelAsync(url), await TunnelAsync(url), await TunnelAsync(url)];

        for (var version = 1; version <= Versions; version++)
        {
            // From the second version on half of the tunnels go to an endpoint that is there no more.
            Write($"/v{version}", both: false);
            await Eventually.TrueAsync(
                async () => await StatusAsync(url, $"/v{version}") == HttpStatusCode.OK, TimeSpan.FromSeconds(20), () => $"version {version} is not in force");
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(url, $"/v{version - 1}"));
            foreach (var tunnel in tunnels)
            {
                await EchoAsync(tunnel, $"version {version}");
            }
        }

        tunnels.ForEach(tunnel => tunnel.Dispose());
        var view = (await _sandbox.PsAsync()).Configuration!;
        Assert.Equal((Versions + 1, "applied", Versions, 0), (view.Version, view.Outcome, view.Applied, view.Refused));
        Assert.Equal(["first"], (await _sandbox.PsAsync()).Endpoints.Select(endpoint => endpoint.Address == _first.Address ? "first" : "other"));
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task A_bad_file_changes_nothing_and_is_shown_until_it_is_mended()
    {
        Write("/v0", both: true);
        using var gateway = await StartAsync();
        var url = _sandbox.RunOf("alone").Gateway!;

        Put("version: 1\nservices: { web: { adresses: [] } }\n");
        await gateway.SaysAsync("unknown key 'adresses'");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(url, "/v0"));
        (await _sandbox.RunAsync("ps")).Ended(0).Printed(
            "was refused; version 1 stays in force", "error EK2003: unknown key 'adresses'", "did you mean 'addresses'?");
        (await _sandbox.RunAsync("reload")).Ended(3).PrintedNothing().Said("error EK3013", "error EK2003: unknown key 'adresses'", "version 1 stays in force");

        Write("/v1", both: true, "listen: 127.0.0.1:1");
        await gateway.SaysAsync("a restart is needed to change gateway.listen");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(url, "/v1"));

        Write("/v2", both: true);
        await _sandbox.ShowsAsync(cluster => cluster.Configuration is { Outcome: "applied", Version: 2, Error: null });
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(url, "/v2"));
        Assert.Equal(1, gateway.Error.Split("unknown key 'adresses'").Length - 1);
        gateway.Signal(PosixSignal.SIGTERM);
        (await gateway.EndAsync()).Ended(143);
    }

    [Fact]
    public async Task A_signal_and_a_command_reload_at_once()
    {
        Write("/v0", both: true);
        using var gateway = await StartAsync();

        (await _sandbox.RunAsync("reload")).Ended(0).Printed("nothing has changed; version 1 is in force");
        gateway.Signal(PosixSignal.SIGHUP);
        await _sandbox.ShowsAsync(cluster => cluster.Configuration is { Trigger: "signal", Outcome: "unchanged" });
        Write("/v1", both: true);
        (await _sandbox.RunAsync("reload")).Ended(0);
        Assert.Equal(2, (await _sandbox.PsAsync()).Configuration!.Version);

        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    // Each way in which editors and deployments write: in place, and renamed into place.
    private void Put(string text)
    {
        var beside = _sandbox.PathOf("evenkeel.yaml.new");
        File.WriteAllText(beside, text);
        File.Move(beside, _sandbox.PathOf("evenkeel.yaml"), overwrite: true);
    }

    private void Write(string path, bool both, string gateway = "loops: 2")
    {
        var text = $$"""
            version: 1
            name: alone
            services:
              web:
                addresses: ["{{_first.Address}}"{{(both ? $", \"{_second.Address}\"" : "")}}]
                health: { interval: 100ms }
            gateway:
              {{gateway}}
              routes: [ { path: /tunnel, service: web }, { path: {{path}}, service: web } ]
            """;
        if (path.Length % 2 == 0)
        {
            _sandbox.With("evenkeel.yaml", text);
        }
        else
        {
            Put(text);
        }
    }

    private async Task<RunningProgram> StartAsync()
    {
        var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        return gateway;
    }

    private async Task<HttpStatusCode> StatusAsync(Uri url, string path)
    {
        using var reply = await _http.GetAsync(new Uri(url, path), TestContext.Current.CancellationToken);
        return reply.StatusCode;
    }

    private static async Task<Socket> TunnelAsync(Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, url.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"GET /tunnel HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")));
        var head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head += await ReceiveAsync(socket);
        }

        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        return socket;
    }

    private static async Task EchoAsync(Socket socket, string text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        var heard = "";
        while (heard.Length < text.Length)
        {
            heard += await ReceiveAsync(socket);
        }

        Assert.Equal(text, heard);
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(read > 0, "the connection was closed");
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
