using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvenKeel.TestServers;

/// <summary>A certificate authority made for one test, and what it signs: PEM files in a folder that goes with it.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evenkeel-ca-");
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private int _made;

    public TestAuthority(string name = "test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(Now.AddDays(-20), Now.AddDays(20));
        File = Path.Combine(_folder.FullName, "authority.pem");
        System.IO.File.WriteAllText(File, _certificate.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate.</summary>
    public string File { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Signs a certificate for a name or an address.</summary>
    /// <param name="name">The name.</param>
    /// <param name="endsInDays">When it ends; a negative number of days for one that has expired.</param>
    public (string Certificate, string Key) Sign(string name, int endsInDays = 10)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(name, out var address))
        {
            alternative.AddIpAddress(address);
        }
        else
        {
            alternative.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        using var made = request.Create(_certificate, Now.AddDays(-10), Now.AddDays(endsInDays), BitConverter.GetBytes(++_made));
        var path = Path.Combine(_folder.FullName, $"{_made}");
        System.IO.File.WriteAllText($"{path}.pem", made.ExportCertificatePem());
        System.IO.File.WriteAllText($"{path}.key", key.ExportPkcs8PrivateKeyPem());
        return ($"{path}.pem", $"{path}.key");
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Delete(recursive: true);
    }
}
