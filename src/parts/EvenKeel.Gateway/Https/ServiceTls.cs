using EvenKeel.Configuration.Model;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Https;

/// <summary>
/// What connects to the instances of services with TLS, by service. Immutable: a reload makes another, in which a service whose options and
/// files are the same keeps its client, and with it its connections and sessions.
/// </summary>
internal sealed class ServiceTls
{
    // The time to connect is the caller's to watch; this one only ends what nobody waits for any more.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromHours(24);

    private readonly Dictionary<string, Entry> _clients = new(StringComparer.Ordinal);

    private ServiceTls()
    {
    }

    /// <summary>No service has TLS.</summary>
    public static ServiceTls None { get; } = new();

    /// <summary>The services whose instances are not verified.</summary>
    public IEnumerable<string> Insecure => _clients.Where(one => one.Value.Options.Insecure).Select(one => one.Key);

    /// <summary>Reads the files.</summary>
    /// <param name="options">Validated options.</param>
    /// <param name="offersHttp">True for HTTP, false for connections that are passed on as they are.</param>
    /// <param name="before">What was in force.</param>
    /// <exception cref="TlsException">A file cannot be used, or OpenSSL 3 is missing.</exception>
    public static ServiceTls Create(GatewayOptions options, bool offersHttp, ServiceTls before)
    {
        if (options.ServiceTls.Count == 0)
        {
            return None;
        }

        var made = new ServiceTls();
        foreach (var (service, own) in options.ServiceTls)
        {
            try
            {
                var print = PrintOf(own);
                made._clients[service] = before._clients.TryGetValue(service, out var known) && known.Options == own && known.Print == print
                    ? known
                    : new Entry(own, print, new TlsClient(ClientOptionsOf(own, offersHttp)));
            }
            catch (TlsException error)
            {
                throw new TlsException($"gateway.services.{service}.tls: {error.Message}", error);
            }
        }

        return made;
    }

    /// <summary>What connects to a service, or null for plain connections.</summary>
    public TlsClient? Of(string service) => _clients.TryGetValue(service, out var entry) ? entry.Client : null;

    /// <summary>True when files hold something else than what is in force; one that cannot be read does.</summary>
    public bool IsRenewed(GatewayOptions options)
    {
        try
        {
            return options.ServiceTls.Any(one => _clients.TryGetValue(one.Key, out var known) && PrintOf(one.Value) != known.Print);
        }
        catch (TlsException)
        {
            return true;
        }
    }

    private static TlsClientOptions ClientOptionsOf(ServiceTlsOptions options, bool offersHttp) => new()
    {
        ServerName = options.ServerName,
        Verify = !options.Insecure,
        Authorities = options.Authorities,
        Certificate = options.Certificate is { } files ? new TlsCertificateFiles(files.Certificate, files.Key) : null,
        OffersHttp = offersHttp,
        HandshakeTimeout = HandshakeTimeout,
    };

    private static string PrintOf(ServiceTlsOptions options)
        => FilesPrint.Of(new[] { options.Authorities, options.Certificate?.Certificate, options.Certificate?.Key }.OfType<string>());

    private sealed record Entry(ServiceTlsOptions Options, string Print, TlsClient Client);
}
