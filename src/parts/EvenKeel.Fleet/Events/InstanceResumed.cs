namespace EvenKeel.Fleet.Events;

/// <summary>A paused instance runs again (SIGCONT).</summary>
/// <param name="After">How long it was paused.</param>
public sealed record InstanceResumed(TimeSpan After) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"resumed after {Show(After)}";
}
