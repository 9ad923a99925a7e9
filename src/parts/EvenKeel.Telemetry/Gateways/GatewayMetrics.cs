using EvenKeel.Control.Health;
using EvenKeel.Gateway;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Telemetry.Exposition;

namespace EvenKeel.Telemetry.Gateways;

/// <summary>
/// The metrics of a gateway, collected when somebody asks: requests, errors and durations by route and by endpoint, connections, retries, the
/// states of endpoints, event loops and reloads. Nothing is labelled by path, client or trace.
/// </summary>
/// <param name="gateway">The gateway.</param>
/// <param name="directory">Its endpoints.</param>
/// <param name="loops">What its loops reported.</param>
/// <param name="reloads">What became of reloads.</param>
/// <param name="tcp">The gateway of TCP listeners, or null.</param>
public sealed class GatewayMetrics(
    HttpGateway gateway, EndpointDirectory directory, LoopWatch loops, Func<ReloadCounts> reloads, TcpGateway? tcp = null)
{
    private static readonly string[] StateNames = ["disabled", "draining", "ejected", "ready", "starting", "unhealthy"];

    /// <summary>All metrics at this moment.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        var readings = gateway.Readings;
        return
        [
            .. Requests(readings), .. Counters(gateway.Statistics), .. AccessLog(gateway.AccessLog), .. Endpoints(directory.Endpoints),
            .. ServiceMetrics.Collect(directory.Services), .. TcpMetrics.Collect(tcp?.Readings ?? []), .. Loops(readings.LoopLag), .. Reloads(reloads()),
        ];
    }

    private static IEnumerable<MetricFamily> Requests(MeterReadings readings) =>
    [
        new("http_server_request_duration_seconds", MetricKind.Histogram, "Duration of requests, by route and class of status.",
            [.. readings.Routes.SelectMany(route => Durations(route, "http_route"))]),
        new("evenkeel_gateway_request_body_bytes_total", MetricKind.Counter, "Bytes of content that clients sent, by route.",
            [.. readings.Routes.Select(route => new MetricSample(LabelsOf(route, "http_route"), route.RequestBytes))]),
        new("evenkeel_gateway_response_body_bytes_total", MetricKind.Counter, "Bytes of content that endpoints sent, by route.",
            [.. readings.Routes.Select(route => new MetricSample(LabelsOf(route, "http_route"), route.ResponseBytes))]),
        new("evenkeel_gateway_upstream_duration_seconds", MetricKind.Histogram,
            "Time from the choice of the endpoint that was tried last to the end of the exchange, by endpoint and class of status.",
            [.. readings.Endpoints.SelectMany(endpoint => Durations(endpoint, "instance"))]),
    ];

    private static IEnumerable<MetricSample> Durations(SeriesReading series, string name) => series.Durations.OrderBy(one => one.Key).Select(one =>
        new MetricSample([.. LabelsOf(series, name), new("http_response_status_class", one.Key == 0 ? "none" : $"{one.Key}xx")], 0, one.Value));

    private static KeyValuePair<string, string>[] LabelsOf(SeriesReading series, string name) =>
        series.IsOverflow ? [new("otel_metric_overflow", "true")] : [new("service", series.Service), new(name, series.Name)];

    private static IEnumerable<MetricFamily> Counters(GatewayStatistics counts) =>
    [
        Single("http_server_active_requests", MetricKind.Gauge, "Requests under way.", counts.Active),
        Single("evenkeel_gateway_client_connections", MetricKind.Gauge, "Client connections that are open.", counts.Clients),
        Single("evenkeel_gateway_upstream_connections", MetricKind.Gauge, "Connections to endpoints that are open or opening.", counts.Upstreams),
        Single("evenkeel_gateway_upstream_connects_total", MetricKind.Counter, "Connections to endpoints that were begun.", counts.Connects),
        Single("evenkeel_gateway_upstream_reuses_total", MetricKind.Counter, "Requests that found a kept connection.", counts.Reused),
        new("evenkeel_gateway_retries_total", MetricKind.Counter, "Requests that were sent again, by reason.",
            [Sample(counts.Retries, "reason", "endpoint_failed"), Sample(counts.Stale, "reason", "connection_stale")]),
        new("evenkeel_gateway_rejections_total", MetricKind.Counter, "Answers that the gateway made itself, by the name in X-EvenKeel-Error.",
            [.. counts.Problems.OrderBy(one => one.Key).Select(one => Sample(one.Value, "reason", ProblemNames.Of(one.Key)))]),
        Single("evenkeel_gateway_truncated_responses_total", MetricKind.Counter, "Responses that broke off after they had begun.", counts.Truncated),
        Single("evenkeel_gateway_client_aborts_total", MetricKind.Counter, "Clients that left before their response was complete.", counts.ClientAborts),
    ];

    private static IEnumerable<MetricFamily> AccessLog(AccessLog? log) =>
    [
        new("evenkeel_gateway_access_log_lines_total", MetricKind.Counter,
            "Lines of the access log that were written, dropped because the writer could not keep up, or lost because writing failed.",
            log is null ? [] : [Sample(log.Written, "result", "written"), Sample(log.Dropped, "result", "dropped"), Sample(log.Failed, "result", "failed")]),
    ];

    private static IEnumerable<MetricFamily> Endpoints(IReadOnlyList<EndpointState> endpoints) =>
    [
        new("evenkeel_instance_state", MetricKind.Gauge, "1 for the state that an endpoint is in, 0 for the others.",
            [.. endpoints.SelectMany(endpoint => States(endpoint).Select(state =>
                Sample(state.Holds ? 1 : 0, "service", endpoint.Service, "instance", endpoint.Name, "state", state.Name)))]),
        new("evenkeel_instance_active_requests", MetricKind.Gauge, "Requests under way at an endpoint.",
            [.. endpoints.Select(endpoint => Sample(endpoint.InFlight, "service", endpoint.Service, "instance", endpoint.Name))]),
    ];

    // Exactly one holds: the first of what keeps it from requests.
    private static (string Name, bool Holds)[] States(EndpointState endpoint)
    {
        var state = endpoint.IsDisabled ? "disabled"
            : endpoint.IsDraining ? "draining"
            : endpoint.Status == HealthStatus.Starting ? "starting"
            : endpoint.Status == HealthStatus.Unhealthy ? "unhealthy"
            : endpoint.IsEjected ? "ejected"
            : "ready";
        return [.. StateNames.Select(name => (name, name == state))];
    }

    private IEnumerable<MetricFamily> Loops(IReadOnlyList<HistogramReading> lag) =>
    [
        new("evenkeel_gateway_loop_lag_seconds", MetricKind.Histogram, "How late a loop's sweep is that is due every 50 ms.",
            [.. lag.Select((one, index) => new MetricSample([new("loop", FormattableString.Invariant($"{index}"))], 0, one))]),
        Single("evenkeel_gateway_loop_blocks_total", MetricKind.Counter, "Callbacks that kept a loop for longer than 50 ms.", loops.Blocked),
        Single("evenkeel_gateway_loop_longest_block_seconds", MetricKind.Gauge, "The longest of them since the start.", loops.LongestBlock.TotalSeconds),
        Single("evenkeel_gateway_loop_failures_total", MetricKind.Counter, "Callbacks that threw.", loops.Failed),
        Single("evenkeel_gateway_accept_pauses_total", MetricKind.Counter, "Times that accepting was paused, as for want of descriptors.", loops.AcceptPauses),
    ];

    private static IEnumerable<MetricFamily> Reloads(ReloadCounts counts) =>
    [
        new("evenkeel_config_reloads_total", MetricKind.Counter, "Changed files that were taken over or refused.",
            [Sample(counts.Applied, "result", "applied"), Sample(counts.Refused, "result", "refused")]),
        Single("evenkeel_config_last_success_timestamp_seconds", MetricKind.Gauge, "When the options in force were taken over, in Unix time.",
            counts.LastSuccess.ToUnixTimeMilliseconds() / 1000.0),
    ];

    private static MetricFamily Single(string name, MetricKind kind, string help, double value) => new(name, kind, help, [new MetricSample([], value)]);

    private static MetricSample Sample(double value, params string[] labels) =>
        new([.. labels.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))], value);
}
