namespace EvenKeel.Configuration.Model;

/// <summary>A certificate and its key.</summary>
/// <param name="Certificate">The full path of a PEM file: the certificate first, then its chain.</param>
/// <param name="Key">The full path of a PEM file with the private key, without a passphrase.</param>
public sealed record CertificateOptions(string Certificate, string Key);
