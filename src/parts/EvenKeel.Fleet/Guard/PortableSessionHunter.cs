using System.ComponentModel;
using System.Diagnostics;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Guard;

/// <summary>
/// Finds guarded processes by id and start time, and ends them with their descendants. What was started but not yet recorded, and what lost
/// its parent, is not found: these systems do not show the environment of a process.
/// </summary>
internal sealed class PortableSessionHunter : ISessionHunter
{
    /// <inheritdoc/>
    public int Kill(GuardBook book) => book.Sessions.Count(KillTree);

    /// <summary>True when the process was there.</summary>
    private static bool KillTree(SessionKey key)
    {
        try
        {
            using Process process = Process.GetProcessById(key.Id);
            if (process.StartTime.ToUniversalTime().Ticks != key.StartTime)
            {
                return false;
            }

            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
        catch (AggregateException)
        {
            return true;
        }
    }
}
