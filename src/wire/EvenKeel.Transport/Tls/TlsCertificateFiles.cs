namespace EvenKeel.Transport.Tls;

/// <summary>A certificate and its key.</summary>
/// <param name="Certificate">A PEM file: the certificate first, then the chain up to what clients trust.</param>
/// <param name="Key">A PEM file with the private key, without a passphrase.</param>
public sealed record TlsCertificateFiles(string Certificate, string Key);
