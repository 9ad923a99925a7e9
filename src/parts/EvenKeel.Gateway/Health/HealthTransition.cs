using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Health;

/// <summary>An endpoint's checks have changed its status.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="From">The status before.</param>
/// <param name="To">The status from now on.</param>
/// <param name="Reason">What the deciding check saw.</param>
public sealed record HealthTransition(EndpointState Endpoint, HealthStatus From, HealthStatus To, string Reason);
