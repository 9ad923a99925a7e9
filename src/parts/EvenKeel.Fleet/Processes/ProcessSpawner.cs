using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Portable;

namespace EvenKeel.Fleet.Processes;

/// <summary>Chooses how processes are started on this system.</summary>
public static class ProcessSpawner
{
    /// <summary>
    /// Creates the spawner of this system: on Linux 5.4 and later one that knows sessions; elsewhere the portable one, whose limits its
    /// answers show (null, or <see cref="NotSupportedException"/> that says what is missing).
    /// </summary>
    /// <param name="time">The clock that paces what the spawner repeats.</param>
    public static IProcessSpawner Create(TimeProvider time) =>
        OperatingSystem.IsLinux() && PidfdCalls.Supported ? new LinuxProcessSpawner(time) : new PortableProcessSpawner(time);
}
