using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Instances;

/// <summary>
/// Stops one life: 1. out of the traffic; 2. drain; 3. SIGTERM to the session; 4. grace; 5. SIGKILL to the session. Each step is left
/// at once when the process ends. In the mailbox only.
/// </summary>
internal sealed class StopSequence
{
    private readonly FleetContext _fleet;
    private readonly InstanceLife _life;
    private readonly DrainOptions _options;
    private readonly bool _paused;
    private readonly Action<StopSequence> _signalled;
    private readonly TimeSpan _began;
    private IDisposable? _grace;
    private StopStep _step = StopStep.OwnEnd;

    /// <summary>Begins with the first step.</summary>
    /// <param name="fleet">What the fleet shares.</param>
    /// <param name="life">The life to stop.</param>
    /// <param name="options">The times; a drain of zero waits for no request.</param>
    /// <param name="paused">True when its processes are frozen and must be thawed to hear SIGTERM.</param>
    /// <param name="signalled">Called when SIGTERM was sent, not if the process ended before.</param>
    public StopSequence(FleetContext fleet, InstanceLife life, DrainOptions options, bool paused, Action<StopSequence> signalled)
    {
        _fleet = fleet;
        _life = life;
        _options = options;
        _paused = paused;
        _signalled = signalled;
        _began = fleet.Now;
    }

    /// <summary>True until SIGTERM is sent.</summary>
    public bool Draining => _step == StopStep.OwnEnd;

    /// <summary>Requests left in flight by the drain; null when not known.</summary>
    public int? InFlight { get; private set; } = 0;

    /// <summary>How long the drain took.</summary>
    public TimeSpan Drained { get; private set; }

    /// <summary>Takes the life out of the traffic and goes on from there.</summary>
    public void Begin() => _life.Gate.Withdraw(_options.Timeout, Terminate);

    /// <summary>The process ended: no further step.</summary>
    public void Exited() => _grace?.Dispose();

    /// <summary>What was observed, once nothing of the session is left.</summary>
    public StopReport Report(string instance) =>
        new(instance, _life.Generation, _step, InFlight, _life.Exit, _fleet.Now - _began);

    private void Terminate(int? inFlight)
    {
        if (_life.Exit is not null)
        {
            return;
        }

        _step = StopStep.Terminate;
        InFlight = inFlight;
        Drained = _fleet.Now - _began;
        _grace = _fleet.Mailbox.After(_options.Grace, Kill);
        _life.Process.Signal(_options.Signal switch
        {
            StopSignal.Interrupt => ProcessSignal.Interrupt,
            StopSignal.Quit => ProcessSignal.Quit,
            _ => ProcessSignal.Terminate,
        });
        if (_paused)
        {
            _life.Process.Signal(ProcessSignal.Continue);
        }

        _signalled(this);
    }

    private void Kill()
    {
        _step = StopStep.Kill;
        _life.Process.Signal(ProcessSignal.Kill);
    }
}
