using EvenKeel.Cli.Control;
using EvenKeel.Control.Circuits;
using EvenKeel.Gateway.Resilience;

namespace EvenKeel.Cli.Clusters;

/// <summary>Services in the form that listings show.</summary>
internal static class ServiceViews
{
    public static ServiceView Of(ServiceState service) => new(
        service.Name,
        service.IsPanicking,
        service.Circuit switch
        {
            CircuitPhase.Open => "open",
            CircuitPhase.HalfOpen => "half-open",
            _ => "closed",
        },
        service.Ejected,
        service.Waiting);
}
