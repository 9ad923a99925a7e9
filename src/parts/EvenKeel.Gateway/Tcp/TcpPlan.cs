using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Clients;

namespace EvenKeel.Gateway.Tcp;

/// <summary>The options of one listener compiled. Never changed.</summary>
internal sealed class TcpPlan
{
    /// <summary>Compiles options.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="unrouted">What each loop counts of connections without a service.</param>
    /// <param name="targetOf">Makes what stands for a service; called once for each that the listener names.</param>
    /// <param name="frequency">Ticks of the clock in one second.</param>
    public TcpPlan(TcpListenerOptions options, TcpCounters[] unrouted, Func<string, TcpTarget> targetOf, long frequency)
    {
        Options = options;
        Unrouted = unrouted;
        var targets = options.ServerNames.Select(name => name.Value).Append(options.Service).OfType<string>().Distinct().ToDictionary(name => name, targetOf);
        Default = options.Service is { } service ? targets[service] : null;
        Names = new ServerNameTable<TcpTarget>(options.ServerNames.Select(name => KeyValuePair.Create(name.Key, targets[name.Value])));
        Trusted = options.TrustedProxies is { } proxies ? new TrustedSources(proxies) : null;
        HandshakeTicks = (long)(options.Timeouts.Handshake.TotalSeconds * frequency);
        ConnectTicks = (long)(options.Timeouts.Connect.TotalSeconds * frequency);
        IdleTicks = (long)(options.Timeouts.Idle.TotalSeconds * frequency);
    }

    /// <summary>What was asked for.</summary>
    public TcpListenerOptions Options { get; }

    /// <summary>What each loop counts of connections without a service.</summary>
    public TcpCounters[] Unrouted { get; }

    /// <summary>The service of connections whose name, if they need one, is not known; null to refuse them.</summary>
    public TcpTarget? Default { get; }

    /// <summary>The services by server name.</summary>
    public ServerNameTable<TcpTarget> Names { get; }

    /// <summary>Who sends PROXY headers, or null when nobody does.</summary>
    public TrustedSources? Trusted { get; }

    /// <summary>The time for header and hello in ticks of the clock.</summary>
    public long HandshakeTicks { get; }

    /// <summary>The connect time-out in ticks of the clock.</summary>
    public long ConnectTicks { get; }

    /// <summary>The idle time-out in ticks of the clock.</summary>
    public long IdleTicks { get; }

    /// <summary>True when an address may connect.</summary>
    public bool Admits(IPAddress address) => Trusted is null || Trusted.Contain(address);
}
