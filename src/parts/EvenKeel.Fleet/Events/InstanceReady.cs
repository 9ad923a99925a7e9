namespace EvenKeel.Fleet.Events;

/// <summary>A check proved that the instance can serve, and it gets traffic.</summary>
/// <param name="After">Time since its process was started, or since it became unready.</param>
/// <param name="First">True for the first time in this life.</param>
public sealed record InstanceReady(TimeSpan After, bool First) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => First ? $"ready after {Show(After)}" : $"ready again after {Show(After)}";
}
