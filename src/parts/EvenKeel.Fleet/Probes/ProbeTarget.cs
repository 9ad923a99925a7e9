using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Processes;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Fleet.Probes;

/// <summary>What is to be checked.</summary>
/// <param name="Port">The port on 127.0.0.1.</param>
/// <param name="Path">The path that must answer 2xx, or null when it is enough that the port accepts.</param>
/// <param name="Timeout">Time for the whole check.</param>
/// <param name="Process">The process that must be the one that answers.</param>
/// <param name="Nonce">What the reply must echo where the system cannot tell who listens.</param>
internal sealed record ProbeTarget(int Port, string? Path, TimeSpan Timeout, ISpawnedProcess Process, string Nonce)
{
    /// <summary>
    /// True when an answer of this life was proven to be its own and nothing has failed since: while the process lives and listens, nobody
    /// else can take the port, so the proof, which reads the tables of the system, is not repeated with each check.
    /// </summary>
    public bool Proven { get; init; }

    /// <summary>The language to ask in; a path is asked for in HTTP only.</summary>
    public ProbeProtocol Protocol { get; init; }

    /// <summary>The PROXY header that the instance reads, which is sent first, or null.</summary>
    public ProxyVersion? Proxy { get; init; }

    /// <summary>TLS of the instance, or null. Its certificate is not verified here: that it is the instance itself is proven otherwise.</summary>
    public ServiceTlsOptions? Tls { get; init; }
}
