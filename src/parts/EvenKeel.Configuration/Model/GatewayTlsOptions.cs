using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>The address on which the gateway speaks HTTPS, beside the one of plain HTTP.</summary>
public sealed record GatewayTlsOptions
{
    /// <summary>Where clients connect.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The certificates, never empty; the first is for clients that ask for a name that none has, or for no name.</summary>
    public required IReadOnlyList<CertificateOptions> Certificates { get; init; }

    /// <summary>True to refuse TLS 1.2. Default false.</summary>
    public bool RequireTls13 { get; init; }
}
