using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Circuits;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Https;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Regions;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Gateway.Routing;
using EvenKeel.Gateway.Snapshots;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway;

/// <summary>
/// The load balancer for HTTP/1.1: takes requests on an address, and on another one with TLS, chooses an endpoint of the route's service for each,
/// and relays. Runs on event loops that its host gives it and that outlive it. Any thread may call its members.
/// </summary>
public sealed class HttpGateway : IAsyncDisposable
{
    private readonly EndpointDirectory _directory;
    private readonly byte[] _affinityKey = AffinityToken.NewKey();
    private readonly LoopGroup _group;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GatewayLoop[] _loops;
    private readonly GatewayLifecycle _life;
    private Dictionary<(string Route, int Copy, RateLimitOptions Limit), RouteLimiter> _limiters = [];
    private volatile GatewaySnapshot _current;
    private HttpsServer? _https;
    private ServiceTls _serviceTls = ServiceTls.None;

    /// <summary>Makes a gateway that does not listen yet.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="directory">The endpoints of all services; the host adds and removes them.</param>
    /// <param name="group">The loops, made with the same clock.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="observer">Told of each exchange, or null.</param>
    /// <param name="accessLog">Gets a line for each exchange, or null; the host's to dispose of after the gateway.</param>
    public HttpGateway(
        GatewayOptions options, EndpointDirectory directory, LoopGroup group, TimeProvider time, ILoggerFactory loggers, IExchangeObserver? observer = null,
        AccessLog? accessLog = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        _directory = directory;
        _group = group;
        _time = time;
        AccessLog = accessLog;
        _logger = loggers.CreateLogger("EvenKeel.Gateway");
        Meters = new GatewayMeters(group.Loops.Count, time.TimestampFrequency);
        directory.PanicChanged += OnPanicChanged;
        directory.CircuitChanged += OnCircuitChanged;
        _current = Compile(options);
        _loops = [.. group.Loops.Select(loop => new GatewayLoop(this, loop, time.TimestampFrequency, observer))];
        _life = new GatewayLifecycle(_loops, time);
    }

    /// <summary>Raised after each change of <see cref="State"/>, on the thread that changed it.</summary>
    public event Action<GatewayState>? StateChanged
    {
        add => _life.Changed += value;
        remove => _life.Changed -= value;
    }

    /// <summary>What the gateway is doing.</summary>
    public GatewayState State => _life.State;

    /// <summary>The options in force for the next request.</summary>
    public GatewayOptions Options => _current.Options;

    /// <summary>Where it listens with TLS, once it was started; null when it does not.</summary>
    public IPEndPoint? SecureAddress { get; private set; }

    /// <summary>What has been counted so far.</summary>
    public GatewayStatistics Statistics => GatewayStatistics.Sum([.. _loops.Select(loop => loop.Counters)]);

    /// <summary>What has been counted so far by route, endpoint and loop.</summary>
    public MeterReadings Readings => Meters.Read();

    /// <summary>The access log, or null.</summary>
    public AccessLog? AccessLog { get; }

    /// <summary>What the loops count into.</summary>
    internal GatewayMeters Meters { get; }

    internal GatewaySnapshot Current => _current;

    internal void NoteTlsFailure(EndpointState endpoint, string reason) => GatewayLog.TlsFailed(_logger, endpoint.Name, reason);

    /// <summary>Begins to listen.</summary>
    /// <returns>The address, with the port that the system chose if 0 was asked for.</returns>
    /// <exception cref="AddressInUseException">An address is busy or not allowed; none is listened on then.</exception>
    /// <exception cref="Transport.Tls.TlsException">A certificate cannot be used, or OpenSSL 3 is missing.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IPEndPoint Start()
    {
        var addresses = _life.Start(() =>
        {
            Use(ServiceTls.Create(_current.Options, offersHttp: true, _serviceTls));
            _current = Compile(_current.Options);
            return ListenAll(_current.Options);
        });
        SecureAddress = addresses.Count > 1 ? addresses[1] : null;
        foreach (var address in addresses)
        {
            GatewayLog.Listening(_logger, address, _loops.Length);
        }

        return addresses[0];
    }

    /// <summary>
    /// Reads the certificates and authorities that new options name, for connections that follow; those of clients that are there keep theirs.
    /// Before <see cref="Apply"/>, which does not read them. A gateway that was started without HTTPS does not begin with it.
    /// </summary>
    /// <exception cref="Transport.Tls.TlsException">A file cannot be used; the certificates before stay in force.</exception>
    public void RenewCertificates(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var services = ServiceTls.Create(options, offersHttp: true, _serviceTls);
        if (options.Tls is not null)
        {
            _https?.Renew(options);
        }

        Use(services);
    }

    /// <summary>True when the files of the certificates hold something else than what is in force.</summary>
    public bool HasRenewedCertificates(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return _serviceTls.IsRenewed(options) || (options.Tls is not null && _https?.IsRenewed(options) == true);
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
        if (!_life.TryBeginDrain())
        {
            return State == GatewayState.Stopped;
        }

        GatewayLog.Draining(_logger, Statistics.Active);
        var drained = await _life.DrainAsync(timeout, cancellationToken).ConfigureAwait(false);
        if (drained)
        {
            GatewayLog.Drained(_logger);
        }
        else
        {
            GatewayLog.DrainTimedOut(_logger, timeout, Statistics.Active);
        }

        return drained;
    }

    /// <summary>Stops listening and resets every connection that is left. The loops live on.</summary>
    public ValueTask DisposeAsync()
    {
        _directory.PanicChanged -= OnPanicChanged;
        _directory.CircuitChanged -= OnCircuitChanged;
        return _life.EndAsync();
    }

    // HTTPS first: its port is always one that the file names, while the other may give way to it.
    private Listener[] ListenAll(GatewayOptions options)
    {
        var limits = new ListenOptions { MaxConnections = options.Limits.Connections };
        if (options.Tls is null)
        {
            return [GatewayLifecycle.Listen(_group, options.Listen, limits, loop => _loops[loop.Index])];
        }

        var https = _https = new HttpsServer(options, _time, _logger);
        var secure = GatewayLifecycle.Listen(_group, options.Tls.Listen, limits, loop => https.Accept(_loops[loop.Index]), "gateway.tls.listen");
        try
        {
            return [GatewayLifecycle.Listen(_group, options.Listen, limits, loop => _loops[loop.Index]), secure];
        }
        catch (AddressInUseException)
        {
            _ = secure.DisposeAsync().AsTask();
            throw;
        }
    }

    private void Use(ServiceTls services)
    {
        foreach (var service in services.Insecure.Except(_serviceTls.Insecure))
        {
            GatewayLog.NotVerified(_logger, service);
        }

        _serviceTls = services;
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
        var regions = RegionMap.Create(options);
        var rules = options.Routes.Select((rule, position) =>
        {
            var limiter = rule.RateLimit is { } limit ? LimiterOf(rule, limit, before) : null;
            return new RouteRule(position, rule, way => new Route(way, new EndpointChooser(
                _directory, way.Service, way.Balance, TokenOf(way, options), way.Hash, regions))
            {
                Meters = Meters.Routes.Of(way.Service, way.Path),
                State = _directory.ServiceOf(way.Service),
                Limiter = limiter,
                Header = ProxyVersions.Of(options, way.Service),
                Tls = _serviceTls.Of(way.Service),
                Regions = way.Balance == BalancePolicy.Nearest ? regions : null,
            });
        }).ToArray();
        foreach (var service in rules.SelectMany(rule => rule.Services).Distinct(StringComparer.Ordinal).Select(_directory.ServiceOf))
        {
            service.Configure(options.ResilienceOf(service.Name), _group.Loops.Count);
        }

        return new GatewaySnapshot(options, new RouteTable(rules), _time.TimestampFrequency);
    }

    private AffinityToken? TokenOf(RouteOptions route, GatewayOptions options)
    {
        var key = options.AffinitySecret is { } secret ? AffinityToken.KeyOf(secret) : _affinityKey;
        return route.AffinityHeader is { } header ? new AffinityToken(header, key, isHeader: true) { Refuses = route.AffinityRefuses }
            : route.AffinityCookie is { } cookie ? new AffinityToken(cookie, key) { Refuses = route.AffinityRefuses }
            : null;
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
