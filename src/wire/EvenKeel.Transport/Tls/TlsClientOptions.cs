namespace EvenKeel.Transport.Tls;

/// <summary>How a server is connected to with TLS.</summary>
public sealed record TlsClientOptions
{
    /// <summary>The name, or the IP address, that the server's certificate must have; a name is also sent (SNI).</summary>
    public required string ServerName { get; init; }

    /// <summary>False to trust any certificate: whoever is in between can read everything. Default true.</summary>
    public bool Verify { get; init; } = true;

    /// <summary>A PEM file of certificate authorities; null for the system's store.</summary>
    public string? Authorities { get; init; }

    /// <summary>The certificate that this side shows when the server asks for one, or null.</summary>
    public TlsCertificateFiles? Certificate { get; init; }

    /// <summary>True to offer HTTP/1.1 (ALPN), false to offer no protocol, for what is not HTTP. Default true.</summary>
    public bool OffersHttp { get; init; } = true;

    /// <summary>How long connecting and the handshake may take together. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
