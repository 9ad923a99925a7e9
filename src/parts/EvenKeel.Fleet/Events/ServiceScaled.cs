namespace EvenKeel.Fleet.Events;

/// <summary>Somebody changed the number of instances of a service.</summary>
/// <param name="From">Instances before.</param>
/// <param name="To">Instances wanted.</param>
public sealed record ServiceScaled(int From, int To) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"scaling from {From} to {To}";
}
