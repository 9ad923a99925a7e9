namespace EvenKeel.Fleet.Events;

/// <summary>The instance was not ready within its start limit; it is killed and started again.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Reason">Why the last check failed.</param>
public sealed record InstanceStartTimedOut(TimeSpan Limit, string Reason) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"not ready within {Show(Limit)}: {Reason}; it is killed and started again";
}
