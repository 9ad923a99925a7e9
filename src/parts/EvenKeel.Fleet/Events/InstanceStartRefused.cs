namespace EvenKeel.Fleet.Events;

/// <summary>The system could not start the program of an instance.</summary>
/// <param name="Reason">What was wrong, and what to do.</param>
public sealed record InstanceStartRefused(string Reason) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"could not be started: {Reason}";
}
