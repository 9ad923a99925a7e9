using EvenKeel.Gateway.Loops;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Tcp;

/// <summary>What a TCP gateway has on one event loop: its relays, whose deadlines one sweep checks, and its counters.</summary>
internal sealed class TcpLoop(EventLoop events, long frequency, ITcpObserver? observer) : IGatewayLoop
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(50);

    private readonly List<TcpRelay> _relays = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LoopTimer? _sweep;
    private bool _isDraining;

    /// <inheritdoc/>
    public EventLoop Events => events;

    /// <summary>Told of each relay, or null.</summary>
    public ITcpObserver? Observer => observer;

    /// <summary>What is counted.</summary>
    public TcpCounters Counters { get; } = new();

    /// <summary>How long a side that is not wanted any more may still send.</summary>
    public long LingerTicks { get; } = 2 * frequency;

    /// <summary>True when nothing is kept any more.</summary>
    public bool IsEnding { get; private set; }

    /// <inheritdoc/>
    public Task Drained => _drained.Task;

    /// <inheritdoc/>
    public void Start() => _sweep = Events.Schedule(SweepInterval, static state => ((TcpLoop)state!).Sweep(), this);

    /// <inheritdoc/>
    public void Drain()
    {
        _isDraining = true;
        CheckDrained();
    }

    /// <inheritdoc/>
    public void End()
    {
        IsEnding = _isDraining = true;
        _sweep?.Cancel();
        foreach (TcpRelay relay in _relays)
        {
            relay.End(TcpOutcome.Cut);
        }

        CheckDrained();
    }

    /// <summary>A client has arrived.</summary>
    public void Add(TcpRelay relay)
    {
        relay.Position = _relays.Count;
        _relays.Add(relay);
        Counters.Active = _relays.Count;
    }

    /// <summary>A relay is over.</summary>
    public void Remove(TcpRelay relay)
    {
        TcpRelay last = _relays[^1];
        _relays[relay.Position] = last;
        last.Position = relay.Position;
        _relays.RemoveAt(_relays.Count - 1);
        Counters.Active = _relays.Count;
        CheckDrained();
    }

    private void CheckDrained()
    {
        if (_isDraining && _relays.Count == 0)
        {
            _drained.TrySetResult();
        }
    }

    private void Sweep()
    {
        long now = Events.Timestamp;
        foreach (TcpRelay relay in _relays)
        {
            relay.Count();
            relay.CheckDeadline(now);
        }

        if (!IsEnding)
        {
            Start();
        }
    }
}
