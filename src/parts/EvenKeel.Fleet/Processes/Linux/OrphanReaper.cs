using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Processes.Linux;

/// <summary>
/// Reaps zombies that nobody else in this process waits for: as PID 1 of a container it gets every orphan of it, and a zombie keeps its number
/// and its place under the limit of processes until its parent reaps it.
/// </summary>
/// <remarks>
/// A child of System.Diagnostics.Process must never be reaped here, for .NET ends the process when one of its children was taken away. .NET
/// reaps its own in milliseconds, and they are in this process's session unless they left it: so a zombie is taken when it is in another
/// session and was found by <see cref="Sightings"/> sweeps in a row, a second apart.
/// </remarks>
internal sealed class OrphanReaper
{
    /// <summary>In so many sweeps in a row a zombie must be seen.</summary>
    public const int Sightings = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly Lock StartGate = new();
    private static OrphanReaper? _running;
    private readonly Dictionary<(int, long), int> _seen = [];
    private readonly Lock _gate = new();
    private ITimer? _timer;

    /// <summary>Starts the one of this process, once.</summary>
    public static void Start(TimeProvider time)
    {
        lock (StartGate)
        {
            if (_running is null)
            {
                _running = new OrphanReaper();
                _running._timer = time.CreateTimer(static state => ((OrphanReaper)state!).Sweep(), _running, Pause, Pause);
            }
        }
    }

    private void Sweep()
    {
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            Sweep(ProcessTable.Read());
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Sweep(List<ProcessStatus> table)
    {
        int session = table.Find(status => status.Id == Environment.ProcessId).Session;
        HashSet<(int, long)> zombies = [.. table
            .Where(status => status.State == 'Z' && status.Parent == Environment.ProcessId
                && status.Session != session && !ChildExit.IsWatched(status.Id))
            .Select(status => (status.Id, status.StartTime))];
        foreach ((int, long) gone in _seen.Keys.Where(known => !zombies.Contains(known)).ToArray())
        {
            _seen.Remove(gone);
        }

        foreach ((int Id, long StartTime) zombie in zombies)
        {
            int count = _seen.GetValueOrDefault(zombie) + 1;
            _seen[zombie] = count;
            if (count >= Sightings)
            {
                _ = PidfdCalls.Reap(zombie.Id);
                _seen.Remove(zombie);
            }
        }
    }
}
