namespace EvenKeel.Transport.Tls;

/// <summary>How connections are accepted with TLS.</summary>
public sealed record TlsServerOptions
{
    /// <summary>
    /// The certificates. The one whose name the client asks for is taken, an exact name before a wildcard; the first is for clients that ask
    /// for another name or none. An RSA and an ECDSA certificate of the same name stand side by side.
    /// </summary>
    public required IReadOnlyList<TlsCertificateFiles> Certificates { get; init; }

    /// <summary>True to refuse TLS 1.2. Default false. Older versions are always refused.</summary>
    public bool RequireTls13 { get; init; }

    /// <summary>How long a connection may take from its accept to the end of its handshake, waiting for its turn included. Default 10 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a client gets that speaks plain HTTP; empty for an alert.</summary>
    public ReadOnlyMemory<byte> PlaintextReply { get; init; }
}
