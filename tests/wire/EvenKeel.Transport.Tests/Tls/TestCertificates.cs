using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Transport.Tests.Tls;

/// <summary>Certificates made for one test, in a folder that goes with it. Each is its own authority.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evenkeel-tls-");
    private readonly ConcurrentBag<string> _thumbprints = [];
    private int _made;

    public TlsCertificateFiles Make(bool rsa, int endsInDays, params string[] names)
    {
        using AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = key is RSA own
            ? new($"CN={names[0]}", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new($"CN={names[0]}", (ECDsa)key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        Array.ForEach(names, alternative.AddDnsName);
        request.CertificateExtensions.Add(alternative.Build());
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-10), now.AddDays(endsInDays));
        _thumbprints.Add(certificate.GetCertHashString());
        string path = Path.Combine(_folder.FullName, $"{++_made}");
        File.WriteAllText($"{path}.pem", certificate.ExportCertificatePem());
        File.WriteAllText($"{path}.key", key.ExportPkcs8PrivateKeyPem());
        return new TlsCertificateFiles($"{path}.pem", $"{path}.key");
    }

    public TlsCertificateFiles Make(params string[] names) => Make(rsa: false, 10, names);

    /// <summary>True for a certificate that was made here; its name does not matter.</summary>
    public bool Made(X509Certificate? certificate) => certificate is not null && _thumbprints.Contains(certificate.GetCertHashString());

    public void Dispose() => _folder.Delete(recursive: true);
}
