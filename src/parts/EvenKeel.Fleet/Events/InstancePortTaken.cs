namespace EvenKeel.Fleet.Events;

/// <summary>Another process answers on the port of an instance, which therefore is not ready, whatever the answer.</summary>
/// <param name="Port">The port.</param>
/// <param name="Holder">The process that listens there as far as it could be found out, such as <c>process 4711 (nginx)</c>.</param>
public sealed record InstancePortTaken(int Port, string Holder) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"not ready: port {Port} is answered by {Holder}, not by this instance";
}
