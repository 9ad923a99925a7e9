namespace EvenKeel.Configuration.Model;

/// <summary>How it is found out that an instance can serve; used for readiness at start and for the gateway's active checks.</summary>
public sealed record HealthOptions
{
    /// <summary>A path that answers 2xx when the instance may get traffic, or null to check only that its port accepts.</summary>
    public string? Ready { get; init; }

    /// <summary>A path that answers 2xx while the instance is alive; <see cref="Fall"/> failures restart it. Null: no such check.</summary>
    public string? Live { get; init; }

    /// <summary>Time between two checks of the launcher. Default 1 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Time between two checks of the gateway: <see cref="Interval"/> when the file gives it, else 5 s. The launcher looks more often because
    /// nothing else tells it; the gateway has the requests themselves. It checks every second while a status may change.
    /// </summary>
    public TimeSpan GatewayInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which a check has failed. Default 500 ms.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Successes in a row that bring an unhealthy instance back. Default 3. One is enough at start.</summary>
    public int Rise { get; init; } = 3;

    /// <summary>Failures in a row that take a healthy instance out. Default 3.</summary>
    public int Fall { get; init; } = 3;

    /// <summary>How long an instance may take from its start until it is ready for the first time. Default 60 s.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The language of the check. Set by servers of a kind; a file cannot.</summary>
    public ProbeProtocol Protocol { get; init; }

    /// <summary>The header of the PROXY protocol that each check sends first, or null. Taken from what the gateway sends to the service.</summary>
    public ProxyProtocolVersion? ProxyProtocol { get; init; }

    /// <summary>How checks connect with TLS, or null for plain connections. Taken from how the gateway connects to the service.</summary>
    public ServiceTlsOptions? Tls { get; init; }
}
