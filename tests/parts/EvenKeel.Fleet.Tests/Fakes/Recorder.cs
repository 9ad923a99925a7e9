using EvenKeel.Fleet.Events;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>Keeps all events.</summary>
internal sealed class Recorder : IFleetRecorder
{
    private readonly Lock _gate = new();
    private readonly List<FleetEvent> _events = [];

    public IReadOnlyList<FleetEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    public IReadOnlyList<T> Of<T>(string instance)
        where T : FleetEvent => [.. Events.OfType<T>().Where(happened => happened.Instance == instance)];

    public void Record(FleetEvent happened)
    {
        lock (_gate)
        {
            _events.Add(happened);
        }
    }
}
