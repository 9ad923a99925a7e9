using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvenKeel.TestServers;

/// <summary>A certificate for <c>localhost</c> and 127.0.0.1, its own authority, made for one test: two files in a folder that goes with it.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evenkeel-https-");

    public TestCertificate(string name = "localhost")
    {
        File = Path.Combine(_folder.FullName, "site.pem");
        Key = Path.Combine(_folder.FullName, "site.key");
        Renew(name);
    }

    public string File { get; }

    public string Key { get; }

    /// <summary>Which certificate the files hold now.</summary>
    public string Print { get; private set; } = "";

    /// <summary>Writes another certificate, with another key, into the same files.</summary>
    public void Renew(string name = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        alternative.AddDnsName(name);
        alternative.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(alternative.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(10));
        System.IO.File.WriteAllText(File, made.ExportCertificatePem());
        System.IO.File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        Print = made.GetCertHashString();
    }

    /// <summary>True for the certificate that the files hold now.</summary>
    public bool IsShown(X509Certificate? certificate) => certificate?.GetCertHashString() == Print;

    public void Dispose() => _folder.Delete(recursive: true);
}
