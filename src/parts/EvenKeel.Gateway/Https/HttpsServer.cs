using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Loops;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Tls;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Https;

/// <summary>TLS on the gateway's address for HTTPS: reads its certificates, at the start and again when they are renewed. Thread-safe.</summary>
internal sealed class HttpsServer
{
    private static readonly byte[] PlainHttpReply = WritePlainHttpReply();

    private readonly TlsServer _server;
    private readonly ILogger _logger;
    private string _print;

    /// <summary>Reads the certificates.</summary>
    /// <exception cref="TlsException">A file cannot be used, or OpenSSL 3 is missing.</exception>
    public HttpsServer(GatewayOptions options, TimeProvider time, ILogger logger)
    {
        _logger = logger;
        _print = PrintOf(options.Tls!);
        _server = new TlsServer(ServerOptionsOf(options), time);
        Warn();
    }

    /// <summary>The acceptor of one loop.</summary>
    public IConnectionAcceptor Accept(GatewayLoop loop) => new HttpsAcceptor(loop, _server);

    /// <summary>Reads the certificates anew, for the connections that follow.</summary>
    /// <exception cref="TlsException">A file cannot be used; the certificates before stay in force.</exception>
    public void Renew(GatewayOptions options)
    {
        var print = PrintOf(options.Tls!);
        _server.Apply(ServerOptionsOf(options));
        Volatile.Write(ref _print, print);
        Warn();
    }

    /// <summary>True when the files hold something else than what is in force; one that cannot be read does.</summary>
    public bool IsRenewed(GatewayOptions options)
    {
        try
        {
            return PrintOf(options.Tls!) != Volatile.Read(ref _print);
        }
        catch (TlsException)
        {
            return true;
        }
    }

    private static TlsServerOptions ServerOptionsOf(GatewayOptions options) => new()
    {
        Certificates = [.. options.Tls!.Certificates.Select(files => new TlsCertificateFiles(files.Certificate, files.Key))],
        RequireTls13 = options.Tls.RequireTls13,
        HandshakeTimeout = options.Timeouts.Head,
        PlaintextReply = PlainHttpReply,
    };

    private static string PrintOf(GatewayTlsOptions options)
        => FilesPrint.Of(options.Certificates.SelectMany(files => new[] { files.Certificate, files.Key }));

    private static byte[] WritePlainHttpReply()
    {
        const string body = """
            {"type":"urn:evenkeel:problem:request_invalid","status":400,"title":"Bad Request","detail":"This address speaks HTTPS: use https.","culprit":"client","stage":"request"}
            """;
        return Encoding.ASCII.GetBytes(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json\r\nCache-Control: no-store\r\n"
            + $"Content-Length: {body.Length}\r\nX-EvenKeel-Error: request_invalid\r\nConnection: close\r\n\r\n{body}");
    }

    private void Warn()
    {
        foreach (var warning in _server.Warnings)
        {
            GatewayLog.CertificateDoubtful(_logger, warning);
        }
    }
}
