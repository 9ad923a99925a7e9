using EvenKeel.Transport.Listeners;

namespace EvenKeel.Transport.Tls;

/// <summary>Accepts TLS for listeners: certificates by name, changed without dropping a connection. Thread-safe.</summary>
public sealed class TlsServer
{
    private readonly TimeProvider _time;
    private readonly TicketKeys _tickets;
    private volatile TlsServerContext _current;

    /// <summary>Reads the certificates.</summary>
    /// <exception cref="TlsException">OpenSSL 3 is missing, or a file cannot be used.</exception>
    public TlsServer(TlsServerOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _tickets = new TicketKeys(time);
        _current = new TlsServerContext(options, _tickets);
    }

    /// <summary>What is wrong with certificates that are used nevertheless: they have expired or are not valid yet.</summary>
    public IReadOnlyList<string> Warnings
        => [.. _current.Certificates.Select(certificate => certificate.WarningAt(_time.GetUtcNow())).OfType<string>()];

    internal TlsServerContext Current => _current;

    /// <summary>Reads certificates anew, for the connections that follow.</summary>
    /// <exception cref="TlsException">A file cannot be used; the certificates before stay in force.</exception>
    public void Apply(TlsServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _current = new TlsServerContext(options, _tickets);
    }

    /// <summary>
    /// An acceptor that makes the handshake first: <paramref name="inner"/> is asked once it is done and gets a connection of plaintext.
    /// </summary>
    public IConnectionAcceptor Accept(IConnectionAcceptor inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return new TlsAcceptor(this, inner);
    }
}
