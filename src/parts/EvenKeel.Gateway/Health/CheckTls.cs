using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Health;

/// <summary>
/// TLS of checks, which run off the loops and therefore on the platform's own. Files are read for each check, so that renewed ones count at once.
/// </summary>
internal static class CheckTls
{
    /// <summary>What connects as the gateway does.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A file holds something else than it should.</exception>
    public static SslClientAuthenticationOptions OptionsOf(ServiceTlsOptions tls)
    {
        // A check must not ask a third party on the network.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (tls.Authorities is { } path)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(path);
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = tls.ServerName,
            CertificateChainPolicy = policy,
            // Without a callback the error names what is wrong with the certificate.
            RemoteCertificateValidationCallback = tls.Insecure ? static (_, shown, _, _) => shown is not null : null,
            ClientCertificateContext = tls.Certificate is { } files ? ContextOf(files) : null,
        };
    }

    private static SslStreamCertificateContext ContextOf(CertificateOptions files)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(files.Certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(files.Certificate, files.Key), chain, offline: true);
    }
}
