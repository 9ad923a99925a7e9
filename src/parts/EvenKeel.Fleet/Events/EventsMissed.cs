namespace EvenKeel.Fleet.Events;

/// <summary>This reader was too slow and missed events; the recorder of the fleet has them all.</summary>
/// <param name="Count">How many.</param>
public sealed record EventsMissed(long Count) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"{Count} events missed by a slow reader";
}
