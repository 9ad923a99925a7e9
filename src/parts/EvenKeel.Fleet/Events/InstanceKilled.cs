namespace EvenKeel.Fleet.Events;

/// <summary>SIGKILL was sent to the session of the instance because somebody asked for it.</summary>
/// <param name="Pids">The processes that were alive in the session.</param>
public sealed record InstanceKilled(IReadOnlyList<int> Pids) : FleetEvent
{
    /// <inheritdoc />
    public override string Text => $"killed on request, pids {string.Join(", ", Pids)}";
}
