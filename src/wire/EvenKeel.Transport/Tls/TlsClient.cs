using System.Net;
using System.Text;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tls;

/// <summary>Connects with TLS. Thread-safe.</summary>
public sealed class TlsClient
{
    private readonly TlsClientOptions _options;
    private readonly byte[] _name;
    private readonly bool _isAddress;

    /// <summary>Reads the files.</summary>
    /// <exception cref="TlsException">OpenSSL 3 is missing, or a file cannot be used.</exception>
    public TlsClient(TlsClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _name = Encoding.ASCII.GetBytes(options.ServerName + '\0');
        // "1.2" is an address for the runtime and a name for everybody else.
        _isAddress = IPAddress.TryParse(options.ServerName, out var address)
            && (options.ServerName.Contains(':', StringComparison.Ordinal) || address.ToString() == options.ServerName);
        if (options.Certificate is { } certificate)
        {
            _ = TlsCertificate.Read(certificate);
        }

        Context = SslContexts.CreateClient(options);
    }

    internal SslContextHandle Context { get; }

    internal TimeSpan HandshakeTimeout => _options.HandshakeTimeout;

    /// <summary>
    /// Begins to connect. As <see cref="EventLoop.Connect"/>, but the connection is open, and bytes leave, only after the handshake. OnClosed
    /// says <see cref="CloseReason.HandshakeFailed"/> when that failed, and <see cref="Connection.TlsFailure"/> why.
    /// </summary>
    /// <param name="loop">The loop to be used on, on whose thread this is called.</param>
    /// <param name="remote">The address.</param>
    /// <param name="handler">Gets the callbacks.</param>
    /// <param name="resumption">Keeps the session for the next connection of this loop to this server; null for none.</param>
    /// <param name="preamble">Bytes that leave as they are in front of the handshake, such as a PROXY header; they count nowhere.</param>
    public Connection Connect(
        EventLoop loop, IPEndPoint remote, ConnectionHandler handler, TlsResumption? resumption = null, ReadOnlySpan<byte> preamble = default)
    {
        ArgumentNullException.ThrowIfNull(loop);
        ArgumentNullException.ThrowIfNull(handler);
        return TlsConnection.Connect((LoopThread)loop, remote, handler, this, resumption, preamble);
    }

    internal unsafe void Prepare(nint ssl)
    {
        OpenSslCrypto.ERR_clear_error();
        if (!_isAddress)
        {
            fixed (byte* name = _name)
            {
                _ = OpenSsl.SSL_ctrl(ssl, OpenSslValues.ControlServerName, 0, (nint)name);
            }
        }

        int set = !_options.Verify ? 1
            : _isAddress ? OpenSslCrypto.X509_VERIFY_PARAM_set1_ip_asc(OpenSsl.SSL_get0_param(ssl), _options.ServerName)
            : OpenSsl.SSL_set1_host(ssl, _options.ServerName);
        if (set != 1)
        {
            throw new TlsException($"the server name {_options.ServerName} cannot be verified: {TlsErrors.Take().Text}");
        }
    }
}
