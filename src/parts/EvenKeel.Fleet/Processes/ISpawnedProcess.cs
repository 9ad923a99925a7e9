namespace EvenKeel.Fleet.Processes;

/// <summary>A running or ended process that a spawner started. Disposing closes the handles; it does not end the process.</summary>
public interface ISpawnedProcess : IDisposable
{
    /// <summary>The process id, which is also the id of its session.</summary>
    int Id { get; }

    /// <summary>The start time as the system counts it (on Linux clock ticks since boot); with <see cref="Id"/> it names a process for good.</summary>
    long StartTime { get; }

    /// <summary>What it writes to standard output, until it and all its children closed it.</summary>
    Stream Output { get; }

    /// <summary>What it writes to standard error, until it and all its children closed it.</summary>
    Stream Error { get; }

    /// <summary>Completes when the process has ended; never faults.</summary>
    Task<ProcessExit> Exited { get; }

    /// <summary>Sends a signal to every process of the session, the ones in other process groups of it included; Interrupt and Quit to the
    /// leader alone.</summary>
    /// <returns>How many processes got it; 0 when the session is over.</returns>
    int Signal(ProcessSignal signal);

    /// <summary>The ids of the processes of the session that are alive (zombies are not).</summary>
    IReadOnlyList<int> Members();

    /// <summary>True when a process of the session is the one that listens on the loopback port; null when this system cannot tell.</summary>
    bool? Listens(int port);

    /// <summary>True when every living process of the session is stopped; false when one runs; null when this system cannot tell.</summary>
    bool? IsStopped();
}
