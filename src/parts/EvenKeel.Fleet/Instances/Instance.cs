using EvenKeel.Configuration.Model;
using EvenKeel.Control.Restarts;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Logs;
using EvenKeel.Fleet.Probes;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Instances;

/// <summary>
/// One instance over its lives. Its state is not stored but follows from what is known: the life, its checks, a stop under way, a
/// pause, and what is intended. In the mailbox only.
/// </summary>
internal sealed class Instance : IHealthListener, IDisposable
{
    private readonly FleetContext _fleet;
    private string? _startTimedOut;
    private readonly RestartBackoff _backoff;
    private readonly InstancePort _port;
    private HealthWatch? _watch;
    private StopSequence? _stop;
    private IDisposable? _restart;
    private IDisposable? _freeze;
    private TimeSpan? _pausedAt;
    private TimeSpan _unreadySince;
    private InstanceState _shown;
    private DateTimeOffset _since;
    private ProcessExit? _lastExit;
    private int _restarts;
    private bool _everReady;
    private bool _ready;
    private bool _failed;

    /// <param name="fleet">What the fleet shares.</param>
    /// <param name="identity">Which instance this is.</param>
    /// <param name="generation">The last life that an earlier instance of this name had, or 0.</param>
    /// <param name="random">The source of jitter.</param>
    public Instance(FleetContext fleet, InstanceIdentity identity, int generation, Random random)
    {
        _fleet = fleet;
        Identity = identity;
        Generation = generation;
        _port = new InstancePort(identity, fleet.Options.Ports);
        _backoff = new RestartBackoff(new RestartPolicy(Service.Restart.Delay, Service.Restart.First, Service.Restart.Max), random);
        _since = fleet.Clock;
        Log = new InstanceLog(
            Service.Name, Name, fleet.Logs, fleet.Options.LogsDirectory, fleet.Options.Time, fleet.Options.Logger);
    }

    /// <summary>Which instance this is.</summary>
    public InstanceIdentity Identity { get; }

    /// <summary>Its name.</summary>
    public string Name => Identity.Name;

    /// <summary>Its service.</summary>
    public ServiceOptions Service => Identity.Service;

    /// <summary>What it wrote.</summary>
    public InstanceLog Log { get; }

    /// <summary>The last life begun, from 1.</summary>
    public int Generation { get; private set; }

    /// <summary>The life that runs, or null.</summary>
    public InstanceLife? Life { get; private set; }

    /// <summary>What is to follow the end of its process.</summary>
    public InstanceIntent Intent { get; private set; } = InstanceIntent.Stop;

    /// <summary>True when it is to be forgotten once it is stopped, because its service was made smaller.</summary>
    public bool Leaving { get; set; }

    /// <summary>How it was last stopped on request, or null.</summary>
    public StopReport? LastStop { get; private set; }

    /// <summary>Why it is not ready, or null.</summary>
    public string? Reason { get; private set; }

    /// <summary>Why the last start was refused by the system, or null when it was not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Its state.</summary>
    public InstanceState State
    {
        get
        {
            if (Life is null)
            {
                return Intent == InstanceIntent.Stop ? InstanceState.Stopped
                    : _failed ? InstanceState.Failed : InstanceState.Waiting;
            }

            if (_stop is not null || Life.Exit is not null)
            {
                return _stop is { Draining: true } && Life.Exit is null ? InstanceState.Draining : InstanceState.Stopping;
            }

            return _pausedAt is not null ? InstanceState.Paused
                : !_everReady ? InstanceState.Starting
                : _ready ? InstanceState.Ready : InstanceState.Unready;
        }
    }

    /// <summary>What is known of it now.</summary>
    public InstanceSnapshot Snapshot()
    {
        if (State != _shown)
        {
            _shown = State;
            _since = _fleet.Clock;
        }

        return new InstanceSnapshot
        {
            Service = Service.Name,
            Name = Name,
            Index = Identity.Index,
            Generation = Generation,
            State = _shown,
            Since = _since,
            Admitted = Life?.Gate.Admitted ?? false,
            Pid = Life is { Exit: null } life ? life.Process.Id : null,
            Port = Life?.Port ?? _port.Current,
            Restarts = _restarts,
            LastExit = _lastExit,
            Reason = Reason,
        };
    }

    /// <summary>Starts a life. There must be none.</summary>
    public void Begin()
    {
        _restart?.Dispose();
        Intent = InstanceIntent.Run;
        Generation++;
        (_everReady, _ready, Refusal) = (false, false, null);
        try
        {
            Life = InstanceLife.Start(_fleet, Identity, Generation, _port.Take());
        }
        catch (Exception error)
        {
            // Whatever the system says now may be different later (a program being built, a full process table): it is tried again.
            Refusal = Reason = error.Message;
            Publish(new InstanceStartRefused(error.Message));
            WaitForRestart();
            return;
        }

        Publish(new InstanceStarted(Life.Process.Id, Life.Port));
        var life = Life;
        life.Watch(Log, OnExited, () => OnGone(life));
        _watch = new HealthWatch(_fleet, Service.Health, life, this);
        _watch.Begin();
    }

    /// <summary>Stops it for good, or to be started again at once.</summary>
    public void Stop(InstanceIntent intent)
    {
        Intent = intent;
        if (Life is null)
        {
            _restart?.Dispose();
            LastStop = new StopReport(Name, Generation, StopStep.NotRunning, 0, null, TimeSpan.Zero);
            AfterStop();
            return;
        }

        BeginStop(Service.Drain);
    }

    /// <summary>SIGKILL to the session, without any drain; what follows its end is as intended before.</summary>
    public void Kill(IReadOnlyList<int> pids)
    {
        Life!.Process.Signal(ProcessSignal.Kill);
        Publish(new InstanceKilled(pids));
    }

    /// <summary>Ends it for good at once: no drain, no grace.</summary>
    public void Abort()
    {
        Intent = InstanceIntent.Stop;
        _restart?.Dispose();
        Life?.Process.Signal(ProcessSignal.Kill);
    }

    /// <summary>Freezes the session.</summary>
    /// <param name="confirmed">Gets true when it was observed, null when the system cannot tell.</param>
    public void Pause(Action<bool?> confirmed)
    {
        Life!.Process.Signal(ProcessSignal.Stop);
        _watch!.Suspended = true;
        _freeze?.Dispose();
        _freeze = Life.WhenFrozen(frozen: true, stopped =>
        {
            _pausedAt = _fleet.Now;
            Publish(new InstancePaused(stopped is not null));
            confirmed(stopped);
        });
    }

    /// <summary>Thaws the session.</summary>
    /// <param name="confirmed">Gets false when it was observed, null when the system cannot tell.</param>
    public void Resume(Action<bool?> confirmed)
    {
        Life!.Process.Signal(ProcessSignal.Continue);
        _freeze?.Dispose();
        _freeze = Life.WhenFrozen(frozen: false, stopped =>
        {
            var paused = _fleet.Now - (_pausedAt ?? _fleet.Now);
            _pausedAt = null;
            _watch?.Suspended = false;
            Publish(new InstanceResumed(paused));
            confirmed(stopped);
        });
    }

    /// <summary>Takes back a pause that was not observed in time.</summary>
    public void AbandonPause()
    {
        if (_pausedAt is null && Life is { Exit: null })
        {
            _freeze?.Dispose();
            _watch?.Suspended = false;
            Life.Process.Signal(ProcessSignal.Continue);
        }
    }

    /// <inheritdoc />
    public void FirstReady()
    {
        _everReady = true;
        BecomeReady(Life!.StartedAt, first: true);
    }

    /// <inheritdoc />
    public void ReadyChanged(bool ready)
    {
        if (ready)
        {
            BecomeReady(_unreadySince, first: false);
            return;
        }

        _ready = false;
        _unreadySince = _fleet.Now;
        _backoff.BecameUnready(_fleet.Now);
        Life!.Gate.Close();
        Publish(new InstanceUnready(Reason ?? ""));
    }

    /// <inheritdoc />
    public void StartTimedOut()
    {
        _startTimedOut = Reason ?? "it was not checked";
        Publish(new InstanceStartTimedOut(Service.Health.Start, _startTimedOut));
        Life!.Process.Signal(ProcessSignal.Kill);
    }

    /// <inheritdoc />
    public void NotLive(string reason)
    {
        Reason = reason;
        Publish(new InstanceNotLive(reason));
        BeginStop(Service.Drain with { Timeout = TimeSpan.Zero });
    }

    /// <inheritdoc />
    public void PortTaken(string holder)
    {
        Publish(new InstancePortTaken(Life!.Port, holder));
        if (_port.TakeAnotherNextTime())
        {
            // Nothing is gained by waiting for the start limit: the next life gets a port that is free.
            Life.Process.Signal(ProcessSignal.Kill);
        }
    }

    /// <inheritdoc />
    public void Checked(string? reason) => Reason = reason;

    /// <inheritdoc />
    public void Dispose()
    {
        _watch?.Dispose();
        _restart?.Dispose();
        _freeze?.Dispose();
        Log.Dispose();
    }

    private void BecomeReady(TimeSpan since, bool first)
    {
        _ready = true;
        Reason = null;
        _failed = false;
        _backoff.BecameReady(_fleet.Now);
        Life!.Gate.Admit();
        Publish(new InstanceReady(_fleet.Now - since, first));
    }

    private void BeginStop(DrainOptions drain)
    {
        if (_stop is not null || Life!.Exit is not null)
        {
            return;
        }

        _watch?.Dispose();
        _freeze?.Dispose();
        _stop = new StopSequence(
            _fleet, Life, drain, _pausedAt is not null,
            stop => Publish(new InstanceStopping(stop.Drained, stop.InFlight, drain.Grace)));
        Publish(new InstanceDraining(drain.Timeout));
        _stop.Begin();
    }

    private void OnExited()
    {
        _watch?.Dispose();
        _freeze?.Dispose();
        _stop?.Exited();
        Life!.Gate.Close();
    }

    private void OnGone(InstanceLife life)
    {
        _lastExit = life.Exit;
        // The kill after the start limit is the fleet's own: the reason is what the last check before it said.
        Reason = _startTimedOut ?? $"ended with {life.Exit}";
        _startTimedOut = null;
        Publish(new InstanceExited(
            life.Exit!, _fleet.Now - life.StartedAt, _stop is not null, Log.Last(InstanceExited.LineLimit, Generation)));
        LastStop = _stop?.Report(Name);
        (Life, _stop, _pausedAt) = (null, null, null);
        if (Intent == InstanceIntent.Run)
        {
            WaitForRestart();
        }
        else
        {
            // Stop was asked for when the process had ended already.
            LastStop ??= new StopReport(Name, Generation, StopStep.OwnEnd, 0, life.Exit, TimeSpan.Zero);
            AfterStop();
        }
    }

    private void AfterStop()
    {
        _backoff.Forgive();
        _failed = false;
        if (Intent == InstanceIntent.Replace)
        {
            Publish(new InstanceRestarting(Service.Restart.Delay, EndsInARow: 0, Failed: false));
            Wait(Service.Restart.Delay);
            return;
        }

        Reason = null;
        _port.Return();
        Publish(new InstanceStopped(LastStop!));
    }

    private void WaitForRestart()
    {
        var decision = _backoff.Ended(_fleet.Now);
        _failed = decision.Failed;
        Publish(new InstanceRestarting(decision.Wait, decision.EndsInARow, decision.Failed));
        Wait(decision.Wait);
    }

    private void Wait(TimeSpan wait)
    {
        _restarts++;
        _restart = _fleet.Mailbox.After(wait, Begin);
    }

    private void Publish(FleetEvent happened) =>
        _fleet.Events.Publish(happened with { Service = Service.Name, Instance = Name, Generation = Generation });
}
