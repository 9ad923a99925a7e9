using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Guard;

/// <summary>Starts processes that a guardian ends should this process die; otherwise as the inner spawner does.</summary>
/// <param name="inner">What starts them.</param>
/// <param name="guardian">What guards them.</param>
public sealed class GuardedProcessSpawner(IProcessSpawner inner, Guardian guardian) : IProcessSpawner
{
    /// <inheritdoc/>
    public ISpawnedProcess Start(ProcessStart start)
    {
        ISpawnedProcess process = inner.Start(start with { Environment = SessionMarker.Mark(start.Environment, guardian.Marker) });
        guardian.Add(process);
        _ = ForgetAsync(process);
        return process;
    }

    /// <summary>
    /// A session that outlives its leader stays recorded, and is found by its marker as long as one of it lives; its record is dropped with
    /// the guardian.
    /// </summary>
    private async Task ForgetAsync(ISpawnedProcess process)
    {
        _ = await process.Exited.ConfigureAwait(false);
        if (process.Members().Count == 0)
        {
            guardian.Remove(process);
        }
    }
}
