using EvenKeel.Cli.Control;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Cli.Clusters;

/// <summary>Endpoints in the form that listings show.</summary>
internal static class EndpointViews
{
    public static EndpointView Of(EndpointState endpoint, bool isExternal) =>
        new(endpoint.Name, endpoint.Service, endpoint.Address.ToString(), StateOf(endpoint), endpoint.InFlight, isExternal, endpoint.Weight);

    // The first of what keeps it from requests.
    private static string StateOf(EndpointState endpoint) =>
        endpoint.IsDisabled ? "disabled"
        : endpoint.IsDraining ? "draining"
        : endpoint.Status == HealthStatus.Starting ? "starting"
        : endpoint.Status == HealthStatus.Unhealthy ? "unhealthy"
        : endpoint.IsEjected ? "ejected"
        : "ready";
}
