using System.Collections.Frozen;

namespace EvenKeel.Proof.Workload;

/// <summary>What the gateway's own replies say about the request.</summary>
internal static class GatewayErrors
{
    /// <summary>
    /// Reasons in <c>X-EvenKeel-Error</c> that rule out that any instance got the request. Any other reason leaves it open, and the operation unknown.
    /// </summary>
    private static readonly FrozenSet<string> BeforeForwarding = FrozenSet.Create(StringComparer.Ordinal,
        "no_healthy_instance", "no_instance", "no_route", "no_ready_instance", "connect_failed", "connect_timeout");

    public static bool NeverForwarded(string? error) => error is not null && BeforeForwarding.Contains(error);
}
