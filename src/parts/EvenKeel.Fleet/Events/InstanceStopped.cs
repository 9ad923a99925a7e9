using EvenKeel.Fleet.Actions;

namespace EvenKeel.Fleet.Events;

/// <summary>The instance stopped because it was asked to.</summary>
/// <param name="Report">How.</param>
public sealed record InstanceStopped(StopReport Report) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => Report.Text;
}
