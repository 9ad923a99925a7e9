namespace EvenKeel.Fleet.Events;

/// <summary>An ended instance will be started again.</summary>
/// <param name="In">Time until then; zero is at once.</param>
/// <param name="EndsInARow">Ends since it was last ready for long; 0 when the restart was asked for.</param>
/// <param name="Failed">True in a crash loop.</param>
public sealed record InstanceRestarting(TimeSpan In, int EndsInARow, bool Failed) : FleetEvent
{
    /// <inheritdoc />
    public override string Text =>
        (Failed ? "failed, ended " + EndsInARow + " times in a row; " : "") + (In == TimeSpan.Zero ? "restarting now" : $"restarting in {Show(In)}");
}
