namespace EvenKeel.Fleet.Events;

/// <summary>Liveness checks failed in a row; the instance is restarted.</summary>
/// <param name="Reason">Why the last check failed.</param>
public sealed record InstanceNotLive(string Reason) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"not alive: {Reason}; it is restarted";
}
