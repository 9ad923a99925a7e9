using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EvenKeel.Transport.Tls;

/// <summary>What is in a certificate's file: its names, its end, the kind of its key.</summary>
internal sealed record TlsCertificate(TlsCertificateFiles Files, IReadOnlyList<string> Names, string KeyKind, DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Reads the file.</summary>
    /// <exception cref="TlsException">The file cannot be read or holds no certificate.</exception>
    public static TlsCertificate Read(TlsCertificateFiles files)
    {
        try
        {
            using X509Certificate2 certificate = X509Certificate2.CreateFromPem(File.ReadAllText(files.Certificate));
            _ = File.ReadAllBytes(files.Key);
            X509SubjectAlternativeNameExtension? alternative = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
            string[] names = alternative is null ? [certificate.GetNameInfo(X509NameType.DnsName, false)] : [.. alternative.EnumerateDnsNames()];
            return new TlsCertificate(
                files, [.. names.Where(name => name.Length > 0).Select(name => name.ToLowerInvariant()).Distinct()],
                certificate.GetKeyAlgorithm(), certificate.NotBefore, certificate.NotAfter);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TlsException($"cannot read the certificate or its key: {error.Message}", error);
        }
        catch (CryptographicException error)
        {
            throw new TlsException($"no certificate in PEM form is in {files.Certificate}: {error.Message}", error);
        }
    }

    /// <summary>What is wrong with its time, or null.</summary>
    public string? WarningAt(DateTimeOffset now)
        => now > NotAfter ? $"the certificate {Files.Certificate} has expired on {NotAfter:u}: renew it and reload"
            : now < NotBefore ? $"the certificate {Files.Certificate} is not valid before {NotBefore:u}: check the clock"
            : null;
}
