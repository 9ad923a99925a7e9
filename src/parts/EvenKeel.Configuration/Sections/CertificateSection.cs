using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A certificate and its key. The files are read when the gateway starts, not here: a file can be checked without its keys.</summary>
internal static class CertificateSection
{
    private static readonly Key<string> Certificate = Key.Required("certificate", Scalars.Text,
        "A PEM file: the certificate, then its chain. Relative to the file's folder.", "cert", "chain");

    private static readonly Key<string> PrivateKey = Key.Required("key", Scalars.Text,
        "A PEM file with the private key, without a passphrase. Relative to the file's folder.", "privateKey");

    public static readonly ObjectSchema<CertificateOptions> Schema = new(
        "certificate", "A certificate and its key.", [Certificate, PrivateKey],
        values => new CertificateOptions(
            Path.GetFullPath(values.Get(Certificate), values.Context.Directory), Path.GetFullPath(values.Get(PrivateKey), values.Context.Directory)));
}
