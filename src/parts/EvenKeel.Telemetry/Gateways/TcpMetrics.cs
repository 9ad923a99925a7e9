using System.Globalization;
using System.Text;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Telemetry.Exposition;

namespace EvenKeel.Telemetry.Gateways;

/// <summary>What TCP listeners have counted. Without one there is none of these metrics.</summary>
internal static class TcpMetrics
{
    private static readonly TcpOutcome[] Outcomes = Enum.GetValues<TcpOutcome>();

    public static IReadOnlyList<MetricFamily> Collect(IReadOnlyList<TcpReading> readings) => readings.Count == 0 ? [] :
    [
        new("evenkeel_gateway_tcp_connections", MetricKind.Gauge, "Connections of clients that are open, by listener and service.",
            [.. readings.Select(one => Sample(one, one.Counts.Active))]),
        new("evenkeel_gateway_tcp_connections_total", MetricKind.Counter, "Connections of clients that are over, by listener, service and how they ended.",
            [.. readings.SelectMany(one => Outcomes.Where(outcome => outcome == TcpOutcome.Completed || one.Counts.Outcomes[outcome] > 0)
                .Select(outcome => Sample(one, one.Counts.Outcomes[outcome], KeyValuePair.Create("outcome", NameOf(outcome)))))]),
        new("evenkeel_gateway_tcp_retries_total", MetricKind.Counter, "Further endpoints that were tried because one did not take the connection.",
            [.. readings.Select(one => Sample(one, one.Counts.Retries))]),
        new("evenkeel_gateway_tcp_received_bytes_total", MetricKind.Counter, "Bytes from clients to endpoints.",
            [.. readings.Select(one => Sample(one, one.Counts.ClientBytes))]),
        new("evenkeel_gateway_tcp_sent_bytes_total", MetricKind.Counter, "Bytes from endpoints to clients.",
            [.. readings.Select(one => Sample(one, one.Counts.EndpointBytes))]),
    ];

    private static MetricSample Sample(TcpReading reading, double value, params KeyValuePair<string, string>[] more)
        => new([new("listener", reading.Listener.ToString()), new("service", reading.Service), .. more], value);

    // Snake case, as the names of problems are.
    private static string NameOf(TcpOutcome outcome)
    {
        var name = new StringBuilder();
        foreach (var letter in outcome.ToString())
        {
            name.Append(char.IsUpper(letter) && name.Length > 0 ? "_" : "").Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return name.ToString();
    }
}
