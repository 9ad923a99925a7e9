using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Https;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Tls;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Tcp;

/// <summary>
/// The load balancer for anything over TCP: passes each connection on to an endpoint of its listener's service, or of the service that a TLS
/// client names. Runs on event loops that its host gives it and that outlive it. Any thread may call its members.
/// </summary>
public sealed class TcpGateway : IAsyncDisposable
{
    private readonly LoopGroup _group;
    private readonly ILogger _logger;
    private readonly TcpLoop[] _loops;
    private readonly TcpListener[] _listeners;
    private readonly EndpointDirectory _directory;
    private readonly long _frequency;
    private ServiceTls _tls = ServiceTls.None;
    private GatewayOptions _options;
    private readonly GatewayLifecycle _life;

    /// <summary>Makes a gateway that does not listen yet.</summary>
    /// <param name="options">Validated options, of which the TCP listeners count.</param>
    /// <param name="directory">The endpoints of all services; the host adds and removes them.</param>
    /// <param name="group">The loops, made with the same clock.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="observer">Told of each connection, or null.</param>
    public TcpGateway(
        GatewayOptions options, EndpointDirectory directory, LoopGroup group, TimeProvider time, ILoggerFactory loggers, ITcpObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        _group = group;
        _logger = loggers.CreateLogger("EvenKeel.Gateway.Tcp");
        _directory = directory;
        _options = options;
        _frequency = time.TimestampFrequency;
        _loops = [.. group.Loops.Select(loop => new TcpLoop(
            loop, time.TimestampFrequency, observer, (endpoint, reason) => GatewayLog.TlsFailed(_logger, endpoint.Name, reason)))];
        _listeners = [.. options.Tcp.Select(one => new TcpListener(one, _loops.Length, listener => Compile(one, listener)))];
        _life = new GatewayLifecycle(_loops, time);
    }

    /// <summary>What the gateway is doing.</summary>
    public GatewayState State => _life.State;

    /// <summary>What has been counted so far.</summary>
    public TcpStatistics Statistics => TcpStatistics.Sum([.. _loops.Select(loop => loop.Counters)]);

    /// <summary>What has been counted so far by listener and service. Bytes may be a second old.</summary>
    public IReadOnlyList<TcpReading> Readings => [.. _listeners.SelectMany(listener => listener.Read())];

    /// <summary>Begins to listen.</summary>
    /// <returns>The addresses in the order of the options, with the ports that the system chose if 0 was asked for.</returns>
    /// <exception cref="AddressInUseException">An address is busy or not allowed; none is listened on then.</exception>
    /// <exception cref="TlsException">A file of TLS to instances cannot be used.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IReadOnlyList<IPEndPoint> Start()
    {
        if (_listeners.Length > 0)
        {
            RenewCertificates(_options);
            Compile();
        }

        IReadOnlyList<IPEndPoint> addresses = _life.Start(ListenAll);
        for (int i = 0; i < addresses.Count; i++)
        {
            _listeners[i].Address = addresses[i];
            TcpLog.Listening(_logger, addresses[i]);
        }

        return addresses;
    }

    /// <summary>Reads the files of TLS to instances that new options name. Before <see cref="Apply"/>, which does not read them.</summary>
    /// <exception cref="TlsException">A file cannot be used; what was read before stays in force.</exception>
    public void RenewCertificates(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_listeners.Length > 0)
        {
            _tls = ServiceTls.Create(options, offersHttp: false, _tls);
        }
    }

    /// <summary>
    /// Takes new options for the connections that follow; those that are there go on as they began, and what was counted stays. Which
    /// addresses are listened on, and the number of connections, cannot change.
    /// </summary>
    /// <exception cref="ArgumentException">The addresses are others.</exception>
    public void Apply(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Tcp.Select(one => one.Listen).SequenceEqual(_options.Tcp.Select(one => one.Listen)))
        {
            throw new ArgumentException("The addresses of TCP listeners cannot change while they listen.", nameof(options));
        }

        _options = options;
        if (_listeners.Length > 0)
        {
            Compile();
            TcpLog.Applied(_logger, _listeners.Length);
        }
    }

    /// <summary>Stops listening and waits for the connections to end by themselves. What has not ended in time is left to
    /// <see cref="DisposeAsync"/>.</summary>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when no connection is left; false when the time was too short.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!_life.TryBeginDrain())
        {
            return State == GatewayState.Stopped;
        }

        TcpLog.Draining(_logger, Statistics.Active);
        bool drained = await _life.DrainAsync(timeout, cancellationToken).ConfigureAwait(false);
        if (!drained)
        {
            TcpLog.DrainTimedOut(_logger, timeout, Statistics.Active);
        }

        return drained;
    }

    /// <summary>Stops listening, and resets and counts every connection that is left. The loops live on.</summary>
    public ValueTask DisposeAsync() => _life.EndAsync();

    private void Compile()
    {
        for (int i = 0; i < _listeners.Length; i++)
        {
            _listeners[i].Plan = Compile(_options.Tcp[i], _listeners[i]);
        }
    }

    private TcpPlan Compile(TcpListenerOptions options, TcpListener listener) => new(
        options,
        listener.SeriesOf(""),
        service => new TcpTarget(
            service, new EndpointChooser(_directory, service, options.Balance), ProxyVersions.Of(_options, service), _tls.Of(service),
            listener.SeriesOf(service)),
        _frequency);

    private List<Listener> ListenAll()
    {
        var listeners = new List<Listener>();
        try
        {
            foreach (TcpListener listener in _listeners)
            {
                listeners.Add(GatewayLifecycle.Listen(
                    _group,
                    listener.Address,
                    new ListenOptions { MaxConnections = listener.Plan.Options.Connections },
                    loop => new TcpAcceptor(_loops[loop.Index], listener)));
            }
        }
        catch (AddressInUseException)
        {
            foreach (Listener listener in listeners)
            {
                _ = listener.DisposeAsync().AsTask();
            }

            throw;
        }

        return listeners;
    }
}
