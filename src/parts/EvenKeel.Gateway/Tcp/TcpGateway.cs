using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Https;
using EvenKeel.Gateway.Regions;
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
    private readonly EndpointDirectory _directory;
    private readonly long _frequency;
    private readonly GatewayLifecycle _life;
    private readonly Lock _gate = new();

    // Opened for options that are not in force yet; and those that listen no more and have connections left.
    private List<TcpListener> _opened = [];
    private List<TcpListener> _leaving = [];
    private volatile TcpListener[] _listeners;
    private ServiceTls _tls = ServiceTls.None;
    private GatewayOptions _options;

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
        RegionMap? regions = RegionMap.Create(options);
        _listeners = [.. options.Tcp.Select(one => Make(options, one, regions))];
        _life = new GatewayLifecycle(_loops, time);
    }

    /// <summary>What the gateway is doing.</summary>
    public GatewayState State => _life.State;

    /// <summary>What has been counted so far.</summary>
    public TcpStatistics Statistics => TcpStatistics.Sum([.. _loops.Select(loop => loop.Counters)]);

    /// <summary>Where it listens, in the order of the options, with the ports that the system chose.</summary>
    public IReadOnlyList<IPEndPoint> Addresses => [.. _listeners.Select(listener => listener.Address)];

    /// <summary>
    /// What has been counted so far by listener and service. Bytes may be a second old. An address that was taken out is there until its last
    /// connection has ended.
    /// </summary>
    public IReadOnlyList<TcpReading> Readings
    {
        get
        {
            lock (_gate)
            {
                _leaving.RemoveAll(listener => !listener.IsActive);
                return [.. _listeners.Concat(_leaving).SelectMany(listener => listener.Read())];
            }
        }
    }

    /// <summary>Begins to listen.</summary>
    /// <returns>The <see cref="Addresses"/>.</returns>
    /// <exception cref="AddressInUseException">An address is busy or not allowed; none is listened on then.</exception>
    /// <exception cref="TlsException">A file of TLS to instances cannot be used.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IReadOnlyList<IPEndPoint> Start()
    {
        if (_listeners.Length > 0)
        {
            RenewCertificates(_options);
            Compile(_options);
        }

        IReadOnlyList<IPEndPoint> addresses = _life.Start(ListenAll);
        foreach (IPEndPoint address in addresses)
        {
            TcpLog.Listening(_logger, address);
        }

        return addresses;
    }

    /// <summary>Reads the files of TLS to instances that new options name. Before <see cref="Apply"/>, which does not read them.</summary>
    /// <exception cref="TlsException">A file cannot be used; what was read before stays in force.</exception>
    public void RenewCertificates(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (_listeners.Length > 0 || options.Tcp.Count > 0)
        {
            _tls = ServiceTls.Create(options, offersHttp: false, _tls);
        }
    }

    /// <summary>
    /// Begins to listen on the addresses that new options add, so that <see cref="Apply"/> cannot fail. Where Apply does not follow, the next call
    /// closes them again.
    /// </summary>
    /// <exception cref="AddressInUseException">An address is busy or not allowed; none is listened on then.</exception>
    public void Open(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            Open_NeedsLock(options);
        }
    }

    /// <summary>
    /// Takes new options for the connections that follow; those that are there go on as they began, and what was counted stays. An address that is not
    /// among them any more is closed, and its connections go on. The number of connections of an address cannot change.
    /// </summary>
    /// <exception cref="AddressInUseException">An address that was not opened before is busy or not allowed; nothing was changed.</exception>
    public void Apply(GatewayOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            Open_NeedsLock(options);
            List<TcpListener> known = [.. _listeners, .. _opened];
            TcpListener[] next = [.. options.Tcp.Select(one => Take(known, one)).OfType<TcpListener>()];
            foreach (TcpListener gone in known)
            {
                Close(gone);
                TcpLog.Closed(_logger, gone.Address);
            }

            _leaving = [.. _leaving.Concat(known).Where(listener => listener.IsActive)];
            _opened = [];
            _options = options;
            _listeners = next;
            Compile(options);
        }

        if (_listeners.Length > 0)
        {
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

    private void Compile(GatewayOptions options)
    {
        RegionMap? regions = RegionMap.Create(options);
        List<TcpListenerOptions> left = [.. options.Tcp];
        foreach (TcpListener listener in _listeners)
        {
            TcpListenerOptions own = left.First(one => one.Listen.Equals(listener.Asked));
            left.Remove(own);
            listener.Plan = Compile(options, own, regions, listener);
        }
    }

    private TcpListener Make(GatewayOptions options, TcpListenerOptions own, RegionMap? regions)
        => new(own, _loops.Length, listener => Compile(options, own, regions, listener));

    private TcpPlan Compile(GatewayOptions options, TcpListenerOptions own, RegionMap? regions, TcpListener listener) => new(
        own,
        listener.SeriesOf(""),
        service => new TcpTarget(
            service, new EndpointChooser(_directory, service, own.Balance, null, new HashOptions(), regions), ProxyVersions.Of(options, service),
            _tls.Of(service), listener.SeriesOf(service), own.Balance, regions),
        _frequency);

    private void Open_NeedsLock(GatewayOptions options)
    {
        if (State != GatewayState.Running)
        {
            return;
        }

        List<TcpListener> known = [.. _listeners, .. _opened];
        List<TcpListenerOptions> added = [.. options.Tcp.Where(one => Take(known, one) is null)];

        // What was opened for options that never came into force.
        foreach (TcpListener stale in known.Intersect(_opened))
        {
            Close(stale);
        }

        _opened = [.. _opened.Except(known)];
        RegionMap? regions = RegionMap.Create(options);
        var opened = new List<TcpListener>();
        try
        {
            foreach (TcpListenerOptions own in added)
            {
                TcpListener listener = Take(_leaving, own) ?? Make(options, own, regions);
                opened.Add(listener);
                listener.Plan = Compile(options, own, regions, listener);
                listener.Open(Listen(listener));
                if (!_life.TryAdd(listener.Socket!))
                {
                    Close(listener);
                }
            }
        }
        catch (AddressInUseException)
        {
            opened.ForEach(Close);
            _leaving.AddRange(opened.Where(listener => listener.IsActive));
            throw;
        }

        foreach (TcpListener listener in opened)
        {
            TcpLog.Listening(_logger, listener.Address);
        }

        _opened.AddRange(opened);
    }

    private static TcpListener? Take(List<TcpListener> from, TcpListenerOptions own)
    {
        int at = from.FindIndex(listener => listener.Asked.Equals(own.Listen));
        TcpListener? found = at < 0 ? null : from[at];
        if (found is not null)
        {
            from.RemoveAt(at);
        }

        return found;
    }

    private void Close(TcpListener listener)
    {
        if (listener.TakeSocket() is { } socket)
        {
            _ = _life.CloseAsync(socket);
        }
    }

    private Listener Listen(TcpListener listener) => GatewayLifecycle.Listen(
        _group,
        listener.Asked,
        new ListenOptions { MaxConnections = listener.Plan.Options.Connections },
        loop => new TcpAcceptor(_loops[loop.Index], listener),
        "gateway.tcp");

    private List<Listener> ListenAll()
    {
        try
        {
            foreach (TcpListener listener in _listeners)
            {
                listener.Open(Listen(listener));
            }
        }
        catch (AddressInUseException)
        {
            foreach (Listener listener in _listeners.Select(listener => listener.TakeSocket()).OfType<Listener>())
            {
                _ = listener.DisposeAsync().AsTask();
            }

            throw;
        }

        return [.. _listeners.Select(listener => listener.Socket!)];
    }
}
