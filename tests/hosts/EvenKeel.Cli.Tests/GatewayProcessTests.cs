using System.Net;
using System.Runtime.InteropServices;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class GatewayProcessTests : IAsyncDisposable
{
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
    public async Task Servers_that_somebody_else_started_are_checked_and_balanced_and_the_gateway_drains_when_it_is_told_to_end()
    {
        using var gateway = await StartAsync($"addresses: [\"{_first.Address}\", \"{_second.Address}\"]");
        var url = _sandbox.RunOf("alone").Gateway!;
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.Count(endpoint => endpoint is { IsExternal: true, State: "ready" }) == 2);

        // One after the other: two loops that choose at the same moment may choose the same.
        string[] answers = [await GetAsync(url), await GetAsync(url)];
        Assert.Equal(["first", "second"], answers.Order());
        (await _sandbox.RunAsync("ps")).Ended(0).Printed("ENDPOINT", "web-1    ● ready", "web-2    ● ready", _first.Address, "Service  http://127.0.0.1:");

        var one = GetAsync(new Uri(url, "slow"));
        await Task.WhenAny(_first.HasSlowRequest, _second.HasSlowRequest);
        var slow = Task.WhenAll(one, GetAsync(new Uri(url, "slow")));
        await Task.WhenAll(_first.HasSlowRequest, _second.HasSlowRequest);
        gateway.Signal(PosixSignal.SIGTERM);
        await gateway.SaysAsync("stopping");
        _first.Finish();
        _second.Finish();

        Assert.Equal(["first", "second"], (await slow).Order());
        (await gateway.EndAsync()).Ended(143);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_gets_no_requests()
    {
        var gone = new StrangerServer("gone");
        await gone.DisposeAsync();
        using var gateway = await StartAsync($"addresses: [\"{gone.Address}\", \"{_second.Address}\"]");
        var url = _sandbox.RunOf("alone").Gateway!;
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.Any(endpoint => endpoint.State == "ready"));

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("second", await GetAsync(url));
        }

        (await _sandbox.RunAsync("ps")).Ended(0).Printed("web-1    ◐ starting", "web-2    ● ready");
        (await _sandbox.RunAsync("down")).Ended(0);
        (await gateway.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task Monitors_read_metrics_and_health_without_a_token_and_can_change_nothing()
    {
        using var gateway = await StartAsync($"addresses: [\"{_first.Address}\"]");
        var url = _sandbox.RunOf("alone").Gateway!;
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.All(endpoint => endpoint.State == "ready"));
        var metrics = (await _sandbox.PsAsync()).Metrics!;
        for (var i = 0; i < 7; i++)
        {
            await GetAsync(url);
        }

        Assert.Contains("\"status\":\"ok\"", await GetAsync(new Uri(metrics, "/livez")), StringComparison.Ordinal);
        Assert.Contains("\"status\":\"ok\"", await GetAsync(new Uri(metrics, "/readyz")), StringComparison.Ordinal);
        await Eventually.TrueAsync(
            async () => (await GetAsync(metrics)).Contains(
                "http_server_request_duration_seconds_count{service=\"web\",http_route=\"/\",http_response_status_class=\"2xx\"} 7\n",
                StringComparison.Ordinal),
            TimeSpan.FromSeconds(10), () => "seven requests are not counted");
        using var posted = await _http.PostAsync(metrics, null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        using var control = await _http.GetAsync(new Uri(metrics, "/api/v1/instances"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, control.StatusCode);

        var slow = GetAsync(new Uri(url, "slow"));
        await _first.HasSlowRequest;
        gateway.Signal(PosixSignal.SIGTERM);
        await Eventually.TrueAsync(async () =>
        {
            using var ready = await _http.GetAsync(new Uri(metrics, "/readyz"), TestContext.Current.CancellationToken);
            return ready.StatusCode == HttpStatusCode.ServiceUnavailable;
        }, TimeSpan.FromSeconds(10), () => "a draining gateway says that it is ready");
        _first.Finish();
        Assert.Equal("first", await slow);
        (await gateway.EndAsync()).Ended(143);
    }

    [Fact]
    public async Task Up_runs_commands_and_addresses_side_by_side()
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: alone
            services:
              own: { command: dotnet {{BuiltPrograms.TestServer}}, health: { ready: /ready, interval: 100ms } }
              web: { addresses: ["{{_first.Address}}"], health: { interval: 100ms } }
            gateway: { routes: [ { path: /name, service: own }, { service: web } ] }
            """);
        (await _sandbox.RunAsync("up", "-d")).Ended(0).Printed("own-1", "● ready", "ENDPOINT", "web-1");
        var url = _sandbox.RunOf("alone").Gateway!;
        await _sandbox.ShowsAsync(cluster => cluster.Endpoints.Count(endpoint => endpoint.State == "ready") == 2);

        Assert.Equal("own-1", await GetAsync(new Uri(url, "name")));
        Assert.Equal("first", await GetAsync(url));
        (await _sandbox.RunAsync("down")).Ended(0);
    }

    [Fact]
    public async Task A_file_that_wants_something_started_is_refused()
    {
        _sandbox.With("evenkeel.yaml", "version: 1\nservices: { web: { command: node server.js } }\n");

        (await _sandbox.RunAsync("gateway")).Ended(3).PrintedNothing().Said("error EK3012: 'web' has a command", "evenkeel up");
    }

    [Fact]
    public async Task A_port_that_the_file_names_and_another_has_is_an_error()
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            services: { web: { addresses: ["{{_second.Address}}"] } }
            gateway: { listen: "{{_first.Address}}" }
            """);

        (await _sandbox.RunAsync("gateway")).Ended(4).PrintedNothing().Said("error EK3004");
    }

    private async Task<RunningProgram> StartAsync(string addresses)
    {
        _sandbox.With("evenkeel.yaml", $$"""
            version: 1
            name: alone
            services:
              web:
                {{addresses}}
                health: { interval: 100ms }
            """);
        var gateway = _sandbox.Start("gateway");
        await gateway.PrintsAsync("Service  http://");
        return gateway;
    }

    private async Task<string> GetAsync(Uri url)
    {
        using var reply = await _http.GetAsync(url, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
