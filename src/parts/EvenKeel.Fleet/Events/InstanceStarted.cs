namespace EvenKeel.Fleet.Events;

/// <summary>A process was started for an instance.</summary>
/// <param name="Pid">The process id, which is also the id of its session.</param>
/// <param name="Port">The port that it was given.</param>
public sealed record InstanceStarted(int Pid, int Port) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"started, pid {Pid}, port {Port}";
}
