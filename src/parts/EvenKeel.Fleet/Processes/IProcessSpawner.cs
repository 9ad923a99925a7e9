namespace EvenKeel.Fleet.Processes;

/// <summary>Starts processes, each as the leader of a session of its own.</summary>
public interface IProcessSpawner
{
    /// <summary>Starts a process. Any thread may call it.</summary>
    /// <exception cref="ProcessStartException">The program was not found or could not be run; the message says which, and what to do.</exception>
    ISpawnedProcess Start(ProcessStart start);
}
