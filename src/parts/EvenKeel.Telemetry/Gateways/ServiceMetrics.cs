using EvenKeel.Control.Circuits;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Telemetry.Exposition;

namespace EvenKeel.Telemetry.Gateways;

/// <summary>What protects services, as it stands at this moment.</summary>
internal static class ServiceMetrics
{
    private static readonly (CircuitPhase Phase, string Name)[] Phases =
        [(CircuitPhase.Closed, "closed"), (CircuitPhase.HalfOpen, "half_open"), (CircuitPhase.Open, "open")];

    public static IReadOnlyList<MetricFamily> Collect(IEnumerable<ServiceState> states)
    {
        var services = states.OrderBy(service => service.Name, StringComparer.Ordinal).ToList();
        return
        [
            new("evenkeel_service_circuit_state", MetricKind.Gauge, "1 for the phase that the circuit breaker of a service is in, 0 for the others.",
                [.. services.SelectMany(service => Phases.Select(
                    phase => Sample(service, service.Circuit == phase.Phase ? 1 : 0, KeyValuePair.Create("state", phase.Name))))]),
            new("evenkeel_service_active_requests", MetricKind.Gauge, "Requests under way that count for a service's limit; 0 when it has none.",
                [.. services.Select(service => Sample(service, service.InFlight))]),
            new("evenkeel_service_queued_requests", MetricKind.Gauge, "Requests that wait for their turn.",
                [.. services.Select(service => Sample(service, service.Waiting))]),
            new("evenkeel_service_ejected_instances", MetricKind.Gauge, "Instances that real requests have taken out.",
                [.. services.Select(service => Sample(service, service.Ejected))]),
            new("evenkeel_service_panic", MetricKind.Gauge, "1 while so few instances are well that all are used that were ready once.",
                [.. services.Select(service => Sample(service, service.IsPanicking ? 1 : 0))]),
            new("evenkeel_service_retry_budget", MetricKind.Gauge, "Retries that the budget of a service allows at this moment.",
                [.. services.Select(service => Sample(service, service.RetriesLeft))]),
        ];
    }

    private static MetricSample Sample(ServiceState service, double value, params KeyValuePair<string, string>[] more)
        => new([new("service", service.Name), .. more], value);
}
