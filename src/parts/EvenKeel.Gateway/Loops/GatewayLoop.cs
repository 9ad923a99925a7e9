using System.Buffers.Binary;
using System.Security.Cryptography;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Clients;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Gateway.Snapshots;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Gateway.Tracing;
using EvenKeel.Gateway.Upstreams;
using EvenKeel.Http.Heads;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Loops;

/// <summary>
/// What a gateway has on one event loop: its clients, its pools, its counters. Nothing of it is shared with other loops. Deadlines are
/// checked by one sweep over all clients instead of a timer for each: a comparison every fifty milliseconds costs less than two list
/// operations for each request.
/// </summary>
internal sealed class GatewayLoop : IGatewayLoop, IConnectionAcceptor
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan UpstreamIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SessionIdle = TimeSpan.FromMinutes(5);

    // More are needed only while as many requests are under way.
    private const int MaxHeads = 1024;

    // In sweeps: once a second.
    private const int EndpointSettling = 20;

    private readonly HttpGateway _gateway;
    private readonly List<ClientConnection> _clients = [];
    private readonly Dictionary<EndpointState, UpstreamPool> _pools = [];
    private readonly List<EndpointState> _unused = [];
    private readonly Stack<Exchange> _exchanges = new();
    private readonly Stack<RequestHead> _heads = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _upstreamIdleTicks;
    private readonly long _sessionIdleTicks;
    private readonly DurationHistogram _lag;
    private readonly long _sweepTicks;
    private long _swept;
    private LoopTimer? _sweep;
    private int _sweeps;

    /// <summary>Makes a gateway's part on a loop.</summary>
    public GatewayLoop(HttpGateway gateway, EventLoop events, long frequency, IExchangeObserver? observer)
    {
        _gateway = gateway;
        Events = events;
        Observer = observer;
        LingerTicks = 2 * frequency;
        LastChanceTicks = frequency;
        AccessLog = gateway.AccessLog?.RingOf(events.Index);
        Unrouted = gateway.Meters.Unrouted[events.Index];
        _lag = gateway.Meters.LagOf(events.Index);
        _sweepTicks = (long)(SweepInterval.TotalSeconds * frequency);
        _upstreamIdleTicks = (long)UpstreamIdle.TotalSeconds * frequency;
        _sessionIdleTicks = (long)SessionIdle.TotalSeconds * frequency;
    }

    /// <summary>The event loop.</summary>
    public EventLoop Events { get; }

    /// <summary>Told of each exchange, or null.</summary>
    public IExchangeObserver? Observer { get; }

    /// <summary>Takes lines of the access log, or null when there is none.</summary>
    public AccessRing? AccessLog { get; }

    /// <summary>Draws the ids of traces.</summary>
    public TraceIds TraceIds { get; } = new(
        BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)), BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)));

    /// <summary>What is counted.</summary>
    public LoopCounters Counters { get; } = new();

    /// <summary>Counts the requests that reach no route.</summary>
    public SeriesMeter Unrouted { get; }

    /// <summary>The services that have requests on this loop.</summary>
    public BusyServices Busy { get; } = new();

    /// <summary>Room to write one head: the largest that is forwarded fits.</summary>
    public byte[] Scratch { get; } = new byte[80 * 1024];

    /// <summary>Room for a path in normal form: the largest that is parsed fits.</summary>
    public byte[] PathRoom { get; } = new byte[64 * 1024];

    /// <summary>Room for what a route writes: a target, a host and field lines, or the head of a reply.</summary>
    public byte[] RewriteRoom { get; } = new byte[160 * 1024];

    /// <summary>The current options.</summary>
    public GatewaySnapshot Snapshot => _gateway.Current;

    /// <summary>How long a closing connection may still send.</summary>
    public long LingerTicks { get; }

    /// <summary>How long a connection that was never used may still begin, when the gateway drains.</summary>
    public long LastChanceTicks { get; }

    /// <summary>True when responses end their connections.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>True when nothing is kept any more.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Completes when the loop drains and no client is left.</summary>
    public Task Drained => _drained.Task;

    /// <summary>Begins to check deadlines. Called on the loop.</summary>
    public void Start() => _sweep = Events.Schedule(SweepInterval, static state => ((GatewayLoop)state!).Sweep(), this);

    /// <inheritdoc/>
    public ConnectionHandler? OnAccepted(Connection connection) => Admits(connection) ? new ClientConnection(this, connection) : null;

    /// <summary>True when a new connection may speak: it comes from a trusted proxy, where only those may. One that may not is counted.</summary>
    public bool Admits(Connection connection)
    {
        if (IsEnding || Snapshot.Trusted?.Contain(connection.Remote.Address) == false)
        {
            Counters.RefusedSources += IsEnding ? 0 : 1;
            return false;
        }

        return true;
    }

    /// <summary>A client has arrived.</summary>
    public void Add(ClientConnection client)
    {
        client.Position = _clients.Count;
        _clients.Add(client);
        Counters.Clients = _clients.Count;
        if (IsDraining)
        {
            client.Drain();
        }
    }

    /// <summary>A client has gone.</summary>
    public void Remove(ClientConnection client)
    {
        if (client.Position < 0)
        {
            return;
        }

        var last = _clients[^1];
        _clients[client.Position] = last;
        last.Position = client.Position;
        _clients.RemoveAt(_clients.Count - 1);
        Counters.Clients = _clients.Count;
        CheckDrained();
    }

    /// <summary>An exchange to use for one request.</summary>
    public Exchange Rent() => _exchanges.TryPop(out var exchange) ? exchange : new Exchange(this);

    /// <summary>Takes an exchange back.</summary>
    public void Return(Exchange exchange) => _exchanges.Push(exchange);

    /// <summary>A head to parse one request into.</summary>
    public RequestHead RentHead() => _heads.TryPop(out var head) ? head : new RequestHead();

    /// <summary>Takes a head back.</summary>
    public void Return(RequestHead head)
    {
        if (_heads.Count < MaxHeads)
        {
            head.Reset();
            _heads.Push(head);
        }
    }

    /// <summary>The loop's connections to an endpoint.</summary>
    public UpstreamPool PoolOf(EndpointState endpoint)
    {
        if (!_pools.TryGetValue(endpoint, out var pool))
        {
            pool = new UpstreamPool(this, endpoint);
            _pools.Add(endpoint, pool);
        }

        return pool;
    }

    /// <summary>TLS with an endpoint has failed. Said once, until it succeeds or the reason is another one.</summary>
    public void NoteTlsFailure(UpstreamPool pool, string reason)
    {
        if (pool.TlsFailure != reason)
        {
            pool.TlsFailure = reason;
            _gateway.NoteTlsFailure(pool.Endpoint, reason);
        }
    }

    /// <summary>What this loop counts of an endpoint.</summary>
    public SeriesMeter MeterOf(EndpointState endpoint) => _gateway.Meters.Endpoints.Of(endpoint.Service, endpoint.Name)[Events.Index];

    /// <summary>Begins to drain. Called on the loop.</summary>
    public void Drain()
    {
        IsDraining = true;
        foreach (var client in _clients)
        {
            client.Drain();
        }

        CheckDrained();
    }

    /// <summary>Ends everything. Called on the loop.</summary>
    public void End()
    {
        IsEnding = IsDraining = true;
        _sweep?.Cancel();
        foreach (var client in _clients)
        {
            client.Abort();
        }

        foreach (var pool in _pools.Values)
        {
            pool.DropAll();
        }

        CheckDrained();
    }

    private void CheckDrained()
    {
        if (IsDraining && _clients.Count == 0)
        {
            _drained.TrySetResult();
        }
    }

    private void Sweep()
    {
        var now = Events.Timestamp;
        if (_swept != 0)
        {
            _lag.Add(Math.Max(0, now - _swept - _sweepTicks), _gateway.Meters.Bounds);
        }

        _swept = now;
        foreach (var client in _clients)
        {
            client.CheckDeadline(now);
        }

        var settles = ++_sweeps % EndpointSettling == 0;
        foreach (var (endpoint, pool) in _pools)
        {
            pool.DropIdleSince(now - _upstreamIdleTicks);
            var isUnused = pool.IsUnusedSince(now - _sessionIdleTicks);
            if (settles || isUnused)
            {
                endpoint.Settle();
            }

            if (isUnused)
            {
                _unused.Add(endpoint);
            }
        }

        foreach (var endpoint in _unused)
        {
            _pools.Remove(endpoint, out var unused);
            unused!.Forget();
        }

        _unused.Clear();
        Busy.Settle();
        if (!IsEnding)
        {
            Events.Restart(_sweep!, SweepInterval);
        }
    }
}
