namespace EvenKeel.Fleet.Events;

/// <summary>Every process of the instance is frozen (SIGSTOP).</summary>
/// <param name="Confirmed">False when this system cannot tell whether it is.</param>
public sealed record InstancePaused(bool Confirmed) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => Confirmed ? "paused" : "paused, which this system cannot confirm";
}
