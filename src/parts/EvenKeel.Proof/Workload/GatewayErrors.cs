using System.Collections.Frozen;
using EvenKeel.Proof.Exchanges;

namespace EvenKeel.Proof.Workload;

/// <summary>What the gateway's own replies say about the request.</summary>
internal static class GatewayErrors
{
    /// <summary>
    /// Reasons in <c>X-EvenKeel-Error</c> that rule out that an instance got this attempt. Any other reason leaves it open, and the operation unknown.
    /// </summary>
    private static readonly FrozenSet<string> BeforeForwarding = FrozenSet.Create(StringComparer.Ordinal,
        "no_route", "no_healthy_instance", "connect_failed", "connect_timeout", "tls_failed", "instance_gone", "not_supported", "rate_limited", "circuit_open",
        "overloaded", "queue_timeout", "version_not_supported");

    /// <summary>
    /// True when no instance can have got the request. A gateway may send an idempotent request again after a connection was lost, and then the reason
    /// speaks of the last attempt alone; so such requests are never said to be unsent.
    /// </summary>
    public static bool NeverForwarded(PreparedRequest request, Exchange exchange) =>
        exchange is { Failure: ExchangeFailure.None, GatewayError: { } error } && BeforeForwarding.Contains(error)
        && (request.Method is "POST" or "PATCH" || error == "no_route");
}
