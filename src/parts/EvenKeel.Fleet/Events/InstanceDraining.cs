namespace EvenKeel.Fleet.Events;

/// <summary>The instance gets no new requests; those in flight are waited for.</summary>
/// <param name="Limit">The longest wait.</param>
public sealed record InstanceDraining(TimeSpan Limit) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"draining, up to {Show(Limit)}";
}
