using System.Globalization;

namespace EvenKeel.Fleet.Events;

/// <summary>The session of the instance was asked to end (SIGTERM).</summary>
/// <param name="Drained">How long the drain took.</param>
/// <param name="InFlight">Requests that were still in flight; null when that is not known.</param>
/// <param name="Grace">Time until SIGKILL.</param>
public sealed record InstanceStopping(TimeSpan Drained, int? InFlight, TimeSpan Grace) : FleetEvent
{
    /// <inheritdoc />
    public override string Text =>
        $"stopping after a drain of {Show(Drained)}, {(InFlight is { } left ? left.ToString(CultureInfo.InvariantCulture) : "unknown")} in flight";
}
