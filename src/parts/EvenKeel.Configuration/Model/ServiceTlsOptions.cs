namespace EvenKeel.Configuration.Model;

/// <summary>How the instances of a service are connected to with TLS.</summary>
public sealed record ServiceTlsOptions
{
    /// <summary>The name, or the IP address, that the certificate of every instance must have; a name is also asked for (SNI).</summary>
    public required string ServerName { get; init; }

    /// <summary>The full path of a PEM file with the certificate authorities that are trusted; null for the system's store.</summary>
    public string? Authorities { get; init; }

    /// <summary>What the gateway shows to an instance that asks for a certificate, or null.</summary>
    public CertificateOptions? Certificate { get; init; }

    /// <summary>True to take any certificate: whoever is in between can read and change everything. Default false.</summary>
    public bool Insecure { get; init; }
}
