using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Loops;
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
    private readonly EndpointDirectory _directory;
    private readonly byte[] _affinityKey = AffinityCookie.NewKey();
    private readonly LoopGroup _group;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GatewayLoop[] _loops;
    private readonly GatewayLifecycle _life;
    private volatile GatewaySnapshot _current;

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

    /// <summary>What has been counted so far.</summary>
    public GatewayStatistics Statistics => GatewayStatistics.Sum([.. _loops.Select(loop => loop.Counters)]);

    internal GatewaySnapshot Current => _current;

    /// <summary>Begins to listen.</summary>
    /// <returns>The address, with the port that the system chose if 0 was asked for.</returns>
    /// <exception cref="AddressInUseException">The address is busy or not allowed.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IPEndPoint Start()
    {
        var address = _life.Start(() => [Listen(_current.Options)])[0];
        GatewayLog.Listening(_logger, address, _loops.Length);
        return address;
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
    public ValueTask DisposeAsync() => _life.EndAsync();

    private Listener Listen(GatewayOptions options) => GatewayLifecycle.Listen(
        _group, options.Listen, new ListenOptions { MaxConnections = options.Limits.Connections }, loop => _loops[loop.Index]);

    private GatewaySnapshot Compile(GatewayOptions options)
    {
        var routes = options.Routes.Select(route => new Route(route, new EndpointChooser(
            _directory, route.Service, route.Balance, route.AffinityCookie is { } name ? new AffinityCookie(name, _affinityKey) : null))
        {
            Header = ProxyVersions.Of(options, route.Service),
        });
        return new GatewaySnapshot(options, new RouteTable([.. routes]), _time.TimestampFrequency);
    }
}
