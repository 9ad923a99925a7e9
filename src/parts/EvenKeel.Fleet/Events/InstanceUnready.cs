namespace EvenKeel.Fleet.Events;

/// <summary>Checks failed in a row; the instance gets no new requests until it is ready again.</summary>
/// <param name="Reason">Why the last check failed.</param>
public sealed record InstanceUnready(string Reason) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"unready: {Reason}";
}
