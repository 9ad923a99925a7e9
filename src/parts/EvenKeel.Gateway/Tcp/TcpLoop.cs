using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Loops;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Tcp;

/// <summary>What a TCP gateway has on one event loop: its relays, whose deadlines one sweep checks, and its counters.</summary>
internal sealed class TcpLoop(EventLoop events, long frequency, ITcpObserver? observer, Action<EndpointState, string> onTlsFailed) : IGatewayLoop
{
    // In sweeps: once a second.
    private const int Noting = 20;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(50);

    private readonly List<TcpRelay> _relays = [];
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<EndpointState, TlsSessions> _sessions = [];
    private readonly List<EndpointState> _gone = [];
    private LoopTimer? _sweep;
    private int _sweeps;
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
        foreach (TlsSessions known in _sessions.Values)
        {
            known.Last.Dispose();
        }

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

    /// <summary>The session of TLS with an endpoint, which the next connection resumes.</summary>
    public TlsResumption SessionWith(EndpointState endpoint, TlsClient tls)
    {
        if (_sessions.TryGetValue(endpoint, out TlsSessions? known) && known.Client == tls)
        {
            return known.Last;
        }

        known?.Last.Dispose();
        var made = new TlsSessions(tls, new TlsResumption());
        _sessions[endpoint] = made;
        return made.Last;
    }

    /// <summary>A connection to an endpoint was not made; for want of TLS when there is a reason. Said once for each reason.</summary>
    public void NoteTlsFailure(EndpointState endpoint, string? reason)
    {
        if (reason is not null && _sessions.TryGetValue(endpoint, out TlsSessions? known) && known.Failure != reason)
        {
            known.Failure = reason;
            onTlsFailed(endpoint, reason);
        }
    }

    private void NoteBytes()
    {
        foreach (TcpRelay relay in _relays)
        {
            relay.NoteBytes();
        }
    }

    private void ForgetSessions()
    {
        foreach (var (endpoint, known) in _sessions)
        {
            if (endpoint.Removed.IsCompleted)
            {
                known.Last.Dispose();
                _gone.Add(endpoint);
            }
        }

        foreach (EndpointState endpoint in _gone)
        {
            _sessions.Remove(endpoint);
        }

        _gone.Clear();
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

        if (++_sweeps % Noting == 0)
        {
            NoteBytes();
            ForgetSessions();
        }

        if (!IsEnding)
        {
            Events.Restart(_sweep!, SweepInterval);
        }
    }
}
