using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
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
    private readonly TcpPlan[] _plans;
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
        _loops = [.. group.Loops.Select(loop => new TcpLoop(loop, time.TimestampFrequency, observer))];
        _plans = [.. options.Tcp.Select(listener => new TcpPlan(
            listener,
            service => new TcpTarget(service, new EndpointChooser(directory, service, listener.Balance), ProxyVersions.Of(options, service)),
            time.TimestampFrequency))];
        _life = new GatewayLifecycle(_loops, time);
    }

    /// <summary>What the gateway is doing.</summary>
    public GatewayState State => _life.State;

    /// <summary>What has been counted so far.</summary>
    public TcpStatistics Statistics => TcpStatistics.Sum([.. _loops.Select(loop => loop.Counters)]);

    /// <summary>Begins to listen.</summary>
    /// <returns>The addresses in the order of the options, with the ports that the system chose if 0 was asked for.</returns>
    /// <exception cref="AddressInUseException">An address is busy or not allowed; none is listened on then.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public IReadOnlyList<IPEndPoint> Start()
    {
        IReadOnlyList<IPEndPoint> addresses = _life.Start(ListenAll);
        foreach (IPEndPoint address in addresses)
        {
            TcpLog.Listening(_logger, address);
        }

        return addresses;
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

    private List<Listener> ListenAll()
    {
        var listeners = new List<Listener>();
        try
        {
            foreach (TcpPlan plan in _plans)
            {
                listeners.Add(GatewayLifecycle.Listen(
                    _group,
                    plan.Options.Listen,
                    new ListenOptions { MaxConnections = plan.Options.Connections },
                    loop => new TcpAcceptor(_loops[loop.Index], plan)));
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
