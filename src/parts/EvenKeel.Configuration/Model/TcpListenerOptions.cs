using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>An address whose connections are passed on as they are, without a look at what they carry beyond the server name of TLS.</summary>
public sealed record TcpListenerOptions
{
    /// <summary>Where clients connect.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The service that gets every connection or, with <see cref="ServerNames"/>, those whose name is not in it; null to refuse these.</summary>
    public string? Service { get; init; }

    /// <summary>
    /// Services by the server name that a TLS client asks for: a name, or <c>*.</c> and a name for everything below it. Empty when the
    /// connections need not be TLS.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ServerNames { get; init; } = [];

    /// <summary>How one of the service's endpoints is chosen. Default: the one with the fewest connections.</summary>
    public BalancePolicy Balance { get; init; } = BalancePolicy.LeastConnections;

    /// <summary>The proxies that send a PROXY header on every connection; anybody else is refused. Null when no header is expected.</summary>
    public IReadOnlyList<IPNetwork>? TrustedProxies { get; init; }

    /// <summary>How long each stage may take.</summary>
    public TcpTimeoutOptions Timeouts { get; init; } = new();

    /// <summary>Connections at a time; more wait in the kernel's queue. Default 10000.</summary>
    public int Connections { get; init; } = 10_000;
}
