namespace EvenKeel.Fleet.Events;

/// <summary>Gets every event of a fleet, in order and without loss.</summary>
public interface IFleetRecorder
{
    /// <summary>Takes an event. It is called from inside the fleet, one call at a time: it must be quick, and must not wait for the fleet.</summary>
    void Record(FleetEvent happened);
}
