using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Telemetry.Exposition;
using EvenKeel.Telemetry.Gateways;
using EvenKeel.Telemetry.Tests.Exposition;
using EvenKeel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Telemetry.Tests.Gateways;

public sealed class GatewayMetricsTests
{
    private const int Clients = 8;
    private const int Requests = 250;
    private const string Upstream = "evenkeel_gateway_upstream_duration_seconds";

    [Fact]
    public async Task Under_load_over_several_loops_every_request_is_counted_once_by_route_and_by_endpoint()
    {
        await using var origin = Origin.Serve((head, _) => head[0].Contains("/api/bad", StringComparison.Ordinal)
            ? "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nbad" : Origin.Ok("fine"));
        await using var gateway = new TestGateway(options => options with
        {
            Routes = [new RouteOptions { Path = "/api", Service = "web" }, new RouteOptions { Path = "/other", Service = "none" }],
        }, loops: 2);
        gateway.Add(origin);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            var channel = await gateway.ConnectAsync();
            for (var i = 0; i < Requests; i++)
            {
                var path = (i % 5) switch { 0 => "/api/bad", 1 => "/nowhere", 2 => "/other", _ => "/api/good" };
                await channel.SendAsync($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
                await Deadline.Within(Reply.ReadAsync(channel, false));
            }
        }));

        var series = Scrape(gateway);
        const int Each = Clients * Requests / 5;
        Assert.Equal(2 * Each, Count(series, "http_server_request_duration_seconds", "service=\"web\",http_route=\"/api\",http_response_status_class=\"2xx\""));
        Assert.Equal(Each, Count(series, "http_server_request_duration_seconds", "service=\"web\",http_route=\"/api\",http_response_status_class=\"5xx\""));
        Assert.Equal(Each, Count(series, "http_server_request_duration_seconds", "service=\"none\",http_route=\"/other\",http_response_status_class=\"5xx\""));
        Assert.Equal(Each, Count(series, "http_server_request_duration_seconds", "http_response_status_class=\"4xx\""));
        Assert.Equal(2 * Each, Count(series, Upstream, "service=\"web\",instance=\"web-1\",http_response_status_class=\"2xx\""));
        Assert.Equal(Each, Count(series, Upstream, "service=\"web\",instance=\"web-1\",http_response_status_class=\"5xx\""));
        Assert.Equal((2 * Each * 4) + (Each * 3), series["evenkeel_gateway_response_body_bytes_total{service=\"web\",http_route=\"/api\"}"]);
        Assert.Equal(Each, series["evenkeel_gateway_rejections_total{reason=\"no_route\"}"]);
        Assert.Equal(Each, series["evenkeel_gateway_rejections_total{reason=\"no_healthy_instance\"}"]);
        Assert.Equal(0, series["http_server_active_requests"]);
        Assert.Equal(Clients, series["evenkeel_gateway_client_connections"]);
    }

    [Fact]
    public async Task Lines_of_the_access_log_are_counted_by_what_became_of_them()
    {
        await using var log = new AccessLog(() => Stream.Null, 1, TimeProvider.System, NullLogger.Instance);
        await using var gateway = new TestGateway(accessLog: log);
        await gateway.GetAsync();
        await Deadline.Until(() => log.Written == 1, "the line is written");
        var series = Scrape(gateway);
        Assert.Equal(1, series["evenkeel_gateway_access_log_lines_total{result=\"written\"}"]);
        Assert.Equal(0, series["evenkeel_gateway_access_log_lines_total{result=\"dropped\"}"]);
        Assert.Equal(0, series["evenkeel_gateway_access_log_lines_total{result=\"failed\"}"]);
    }

    [Fact]
    public async Task Counters_live_through_a_reload_and_an_endpoint_has_one_state()
    {
        await using var origin = Origin.Say("fine");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        await gateway.GetAsync();

        gateway.Gateway.Apply(gateway.Options with { Timeouts = new GatewayTimeoutOptions { Idle = TimeSpan.FromSeconds(9) } });
        await gateway.GetAsync();

        gateway.Directory.Drain("web-1");
        var series = Scrape(gateway);
        Assert.Equal(2, Count(series, "http_server_request_duration_seconds", "service=\"web\",http_route=\"/\",http_response_status_class=\"2xx\""));
        Assert.Equal(1, series["evenkeel_instance_state{service=\"web\",instance=\"web-1\",state=\"draining\"}"]);
        Assert.Equal(1, series.Where(one => one.Key.StartsWith("evenkeel_instance_state{", StringComparison.Ordinal)).Sum(one => one.Value));
        Assert.Equal((3, 1), (series["evenkeel_config_reloads_total{result=\"applied\"}"], series["evenkeel_config_reloads_total{result=\"refused\"}"]));
        Assert.Equal(1_700_000_000.5, series["evenkeel_config_last_success_timestamp_seconds"]);
    }

    [Fact]
    public async Task What_protects_a_service_is_shown_as_it_stands()
    {
        await using var gateway = new TestGateway();
        var dead = gateway.Add(TestEndpoints.Refusing());
        for (var i = 0; i < 5; i++)
        {
            await gateway.GetAsync();
        }

        await Deadline.Until(() => dead.IsEjected, "it is ejected");
        var series = Scrape(gateway);
        Assert.Equal(1, series["evenkeel_service_circuit_state{service=\"web\",state=\"closed\"}"]);
        Assert.Equal(0, series["evenkeel_service_circuit_state{service=\"web\",state=\"open\"}"]);
        Assert.Equal((1, 1), (series["evenkeel_service_ejected_instances{service=\"web\"}"], series["evenkeel_service_panic{service=\"web\"}"]));
        Assert.Equal((0, 0), (series["evenkeel_service_active_requests{service=\"web\"}"], series["evenkeel_service_queued_requests{service=\"web\"}"]));
        Assert.InRange(series["evenkeel_service_retry_budget{service=\"web\"}"], 1, 1000);
    }

    [Fact]
    public async Task Connections_of_tcp_listeners_are_counted_by_listener_service_and_end()
    {
        await using var origin = new Origin(async channel => await channel.SendAsync(await channel.ReadExactAsync(3)));
        await using var tcp = new TestTcpGateway(options => new SocketLoopGroup(options));
        tcp.Add(origin);
        var client = await tcp.ConnectAsync();
        await client.SendAsync("abc");
        client.EndSending();
        await Deadline.Within(client.ReadToEndAsync());
        await tcp.Until(TcpOutcome.Completed);

        await using var gateway = new TestGateway();
        var series = Scrape(gateway, tcp.Gateway);
        var of = $"listener=\"{tcp.Address}\",service=\"web\"";
        Assert.Equal(1, series[$"evenkeel_gateway_tcp_connections_total{{{of},outcome=\"completed\"}}"]);
        Assert.Equal(0, series[$"evenkeel_gateway_tcp_connections{{{of}}}"]);
        Assert.Equal((3, 3), (series[$"evenkeel_gateway_tcp_received_bytes_total{{{of}}}"], series[$"evenkeel_gateway_tcp_sent_bytes_total{{{of}}}"]));
        Assert.Equal(0, series[$"evenkeel_gateway_tcp_retries_total{{{of}}}"]);
        Assert.DoesNotContain(Scrape(gateway), one => one.Key.StartsWith("evenkeel_gateway_tcp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Series_beyond_the_limit_share_one()
    {
        await using var gateway = new TestGateway(options => options with
        {
            Routes = [.. Enumerable.Range(0, 500).Select(number => new RouteOptions { Path = $"/r{number}", Service = "web" })],
        });

        await gateway.GetAsync("/r0");
        await gateway.GetAsync("/r450");
        await gateway.GetAsync("/r499");

        var series = Scrape(gateway);
        Assert.Equal(1, Count(series, "http_server_request_duration_seconds", "service=\"web\",http_route=\"/r0\",http_response_status_class=\"5xx\""));
        Assert.Equal(2, Count(series, "http_server_request_duration_seconds", "otel_metric_overflow=\"true\",http_response_status_class=\"5xx\""));
    }

    private static double Count(Dictionary<string, double> series, string name, string labels) => series[$"{name}_count{{{labels}}}"];

    // A request is counted right after its response was handed to the kernel: whoever has read it may be a moment early.
    private static Dictionary<string, double> Scrape(TestGateway gateway, TcpGateway? tcp = null)
    {
        var settled = gateway.Loops.Select(loop =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            loop.Post(state => ((TaskCompletionSource)state!).SetResult(), done);
            return done.Task;
        });
        Assert.True(Task.WhenAll(settled).Wait(Deadline.Limit, Deadline.Token));
        var metrics = new GatewayMetrics(
            gateway.Gateway, gateway.Directory, new LoopWatch(NullLogger.Instance, TimeProvider.System),
            () => new ReloadCounts(3, 1, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_500)), tcp);
        return ScrapeParser.Parse(PrometheusText.Write(metrics.Collect()));
    }
}
