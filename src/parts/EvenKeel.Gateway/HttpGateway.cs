using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Circuits;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Gateway.Routing;
using EvenKeel.Gateway.Snapshots;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway;

/// <summary>
/// The load balancer for HTTP/1.1: takes requests on one address, chooses an endpoint of the route's service for each, and relays. Runs on
/// event loops that its host gives it and that outlive it. Any thread may call its members.
/// </summary>
public sealed class HttpGateway : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly EndpointDirectory _directory;
    private readonly byte[] _affinityKey = AffinityCookie.NewKey();
    private readonly LoopGroup _group;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GatewayLoop[] _loops;
    private readonly Lock _lock = new();
    private Dictionary<(string Route, int Copy, RateLimitOptions Limit), RouteLimiter> _limiters = [];
    private volatile GatewaySnapshot _current;
    private Listener? _listener;
    private GatewayState _state;

    /// <summary>Makes a gateway that does not listen yet.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="directory">The endpoints of all services; the host adds and removes them.</param>
    /// <param name="group">The loops, made with the same clock.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="observer">Told of each exchange, or null.</param>
    public HttpGateway(
        GatewayOptions options, EndpointDirectory directory, LoopGroup group, TimeProvider time, ILoggerFactory loggers, IExchangeObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        _directory = directory;
        _group = group;
        _time = time;
        _logger = loggers.CreateLogger("EvenKeel.Gateway");
        Meters = new GatewayMeters(group.Loops.Count, time.TimestampFrequency);
        directory.PanicChanged += OnPanicChanged;
        directory.CircuitChanged += OnCircuitChanged;
        _current = Compile(options);
        _loops = [.. group.Loops.Select(loop => new GatewayLoop(this, loop, time.TimestampFrequency, observer))];
    }

    /// <summary>Raised after each change of <see cref="State"/>, on the thread that changed it.</summary>
    public event Action<GatewayState>? StateChanged;

    /// <summary>What the gateway is doing.</summary>
    public GatewayState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The options in force for the next request.</summary>
    public GatewayOptions Options => _current.Options;

    /// <summary>What has been counted so far.</summary>
    public GatewayStatistics Statistics => GatewayStatistics.Sum([.. _loops.Select(loop => loop.Counters)]);

    /// <summary>What has been counted so far by route, endpoint and loop.</summary>
    public MeterReadings Readings => Meters.Read();

    /// <summary>What the loops count into.</summary>
    internal GatewayMeters Meters { get; }

    internal GatewaySnapshot Current => _current;

    internal void SettleEndpoints()
    {
        foreach (var endpoint in _directory.All)
        {
            endpoint.Settle();
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <returns>The address, with the port that the system chose if 0 was asked for.</returns>
    /// <exception cref="AddressInUseException">The address is busy or not allowed.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IPEndPoint Start()
    {
        lock (_lock)
        {
            if (_state != GatewayState.Created)
            {
                throw new InvalidOperationException($"The gateway was started before and is {_state}: make a new one.");
            }

            _listener = Listen(_current.Options);
            _state = GatewayState.Running;
        }

        foreach (var loop in _loops)
        {
            loop.Events.Post(static state => ((GatewayLoop)state!).Start(), loop);
        }

        GatewayLog.Listening(_logger, _listener.Local, _loops.Length);
        StateChanged?.Invoke(GatewayState.Running);
        return _listener.Local;
    }

    /// <summary>
    /// Takes new options for the requests that follow. Requests under way keep theirs, connections and counters live on. The address, the
    /// number of loops and the limit of connections cannot change.
    /// </summary>
    public void Apply(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _current = Compile(options);
        GatewayLog.Applied(_logger, options.Routes.Count);
    }

    /// <summary>
    /// Stops listening, finishes the exchanges under way with <c>Connection: close</c>, and closes idle connections. What is not finished in
    /// time is left to <see cref="DisposeAsync"/>.
    /// </summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when no connection is left; false when the time was too short.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Change(GatewayState.Draining, from: GatewayState.Running) is not { } listener)
        {
            return State == GatewayState.Stopped;
        }

        GatewayLog.Draining(_logger, Statistics.Active);
        await listener.DisposeAsync().ConfigureAwait(false);
        Post(static loop => loop.Drain());
        try
        {
            await Drained().WaitAsync(timeout, _time, cancellationToken).ConfigureAwait(false);
            GatewayLog.Drained(_logger);
            return true;
        }
        catch (TimeoutException)
        {
            GatewayLog.DrainTimedOut(_logger, timeout, Statistics.Active);
            return false;
        }
    }

    /// <summary>Stops listening and resets every connection that is left. The loops live on.</summary>
    public async ValueTask DisposeAsync()
    {
        var listener = Change(GatewayState.Stopped, from: null);
        if (listener is null)
        {
            return;
        }

        _directory.PanicChanged -= OnPanicChanged;
        _directory.CircuitChanged -= OnCircuitChanged;
        await listener.DisposeAsync().ConfigureAwait(false);
        Post(static loop => loop.End());
        try
        {
            await Drained().WaitAsync(EndTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The loops ended before the gateway did; they closed its connections themselves.
        }
    }

    private Listener Listen(GatewayOptions options)
    {
        try
        {
            var limits = new ListenOptions { MaxConnections = options.Limits.Connections };
            return _group.Listen(options.Listen, limits, loop => _loops[loop.Index]);
        }
        catch (SocketException error)
        {
            throw new AddressInUseException(options.Listen, error.SocketErrorCode == SocketError.AddressAlreadyInUse, error);
        }
    }

    private Task Drained() => Task.WhenAll(_loops.Select(loop => loop.Drained));

    private Listener? Change(GatewayState to, GatewayState? from)
    {
        Listener? listener;
        lock (_lock)
        {
            if (_state == to || (from is { } required && _state != required))
            {
                return null;
            }

            _state = to;
            listener = _listener;
        }

        StateChanged?.Invoke(to);
        return listener;
    }

    private void Post(Action<GatewayLoop> action)
    {
        foreach (var loop in _loops)
        {
            loop.Events.Post(static state => { var (act, on) = ((Action<GatewayLoop>, GatewayLoop))state!; act(on); }, (action, loop));
        }
    }

    private void OnPanicChanged(ServiceState service)
    {
        if (service.IsPanicking)
        {
            GatewayLog.Panicking(_logger, service.Name);
        }
        else
        {
            GatewayLog.Calm(_logger, service.Name);
        }
    }

    private void OnCircuitChanged(ServiceState service)
    {
        if (service.Circuit != CircuitPhase.Closed)
        {
            GatewayLog.CircuitOpened(_logger, service.Name);
        }
        else
        {
            GatewayLog.CircuitClosed(_logger, service.Name);
        }
    }

    private GatewaySnapshot Compile(GatewayOptions options)
    {
        _directory.SetWeights(options.Weights);
        var before = _limiters;
        _limiters = [];
        var rules = options.Routes.Select((rule, position) =>
        {
            var limiter = rule.RateLimit is { } limit ? LimiterOf(rule, limit, before) : null;
            return new RouteRule(position, rule, way => new Route(way, new EndpointChooser(
                _directory, way.Service, way.Balance, way.AffinityCookie is { } name ? new AffinityCookie(name, _affinityKey) : null, way.Hash))
            {
                Meters = Meters.Routes.Of(way.Service, way.Path),
                State = _directory.ServiceOf(way.Service),
                Limiter = limiter,
            });
        }).ToArray();
        var services = rules.SelectMany(rule => rule.Services).Distinct(StringComparer.Ordinal).Select(_directory.ServiceOf).ToArray();
        foreach (var service in services)
        {
            service.Configure(options.ResilienceOf(service.Name), _group.Loops.Count);
        }

        return new GatewaySnapshot(options, new RouteTable(rules), _time.TimestampFrequency) { Services = services };
    }

    // A limit that is the same after a reload remembers who has used it up. Routes that look alike are told apart by their order.
    private RouteLimiter LimiterOf(
        RouteOptions route, RateLimitOptions limit, Dictionary<(string Route, int Copy, RateLimitOptions Limit), RouteLimiter> before)
    {
        var name = $"{string.Join(',', route.Hosts)} {route.PathKind} {route.Path} {route.Service}";
        var copy = _limiters.Keys.Count(key => key.Route == name && key.Limit == limit);
        var limiter = before.TryGetValue((name, copy, limit), out var known) ? known : new RouteLimiter(limit, _time);
        _limiters.Add((name, copy, limit), limiter);
        return limiter;
    }
}
