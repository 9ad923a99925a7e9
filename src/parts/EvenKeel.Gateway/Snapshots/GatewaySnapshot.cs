using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Clients;
using EvenKeel.Gateway.Routing;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Snapshots;

/// <summary>
/// The options compiled: what one request sees from its beginning to its end. Never changed; a new one takes its place, and requests under
/// way keep the one they began with.
/// </summary>
internal sealed class GatewaySnapshot
{
    private readonly long _frequency;

    /// <summary>Compiles options.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="routes">The compiled routes.</param>
    /// <param name="frequency">Ticks of the clock in one second.</param>
    public GatewaySnapshot(GatewayOptions options, RouteTable routes, long frequency)
    {
        Options = options;
        Routes = routes;
        Trusted = options.TrustedProxies is { } proxies ? new TrustedSources(proxies) : null;
        Head = new HeadLimits(options.Limits.Head, options.Limits.Fields);
        ConnectTicks = Ticks(options.Timeouts.Connect, frequency);
        HeadTicks = Ticks(options.Timeouts.Head, frequency);
        IdleTicks = Ticks(options.Timeouts.Idle, frequency);
        ResponseTicks = Ticks(options.Timeouts.Response, frequency);
        RequestTicks = options.Timeouts.Request is { } whole ? Ticks(whole, frequency) : 0;
        _frequency = frequency;
        KeepAliveTicks = Ticks(options.Timeouts.KeepAlive, frequency);
    }

    /// <summary>The time-out of a whole exchange in ticks of the clock; 0 for none.</summary>
    public long RequestTicks { get; }

    /// <summary>What was asked for.</summary>
    public GatewayOptions Options { get; }

    /// <summary>The routes.</summary>
    public RouteTable Routes { get; }

    /// <summary>Who sends PROXY headers, or null when nobody does.</summary>
    public TrustedSources? Trusted { get; }

    /// <summary>Limits of heads in both directions.</summary>
    public HeadLimits Head { get; }

    /// <summary>The connect time-out in ticks of the clock.</summary>
    public long ConnectTicks { get; }

    /// <summary>The head time-out in ticks of the clock.</summary>
    public long HeadTicks { get; }

    /// <summary>The idle time-out in ticks of the clock.</summary>
    public long IdleTicks { get; }

    /// <summary>The response time-out in ticks of the clock.</summary>
    public long ResponseTicks { get; }

    /// <summary>The keep-alive time-out in ticks of the clock.</summary>
    public long KeepAliveTicks { get; }

    /// <summary>A time in ticks of the clock.</summary>
    public long TicksOf(TimeSpan time) => Ticks(time, _frequency);

    /// <summary>A count of the clock's ticks as a time.</summary>
    public TimeSpan TimeOf(long ticks) => TimeSpan.FromSeconds((double)ticks / _frequency);

    private static long Ticks(TimeSpan time, long frequency) => (long)(time.TotalSeconds * frequency);
}
