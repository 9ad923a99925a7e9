using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The address on which the gateway speaks HTTPS.</summary>
internal static class GatewayTlsSection
{
    private static readonly Key<IPEndPoint> Listen = Key.Required("listen", new EndpointSchema(),
        "Where clients connect with HTTPS. A port that is busy is an error.", "address", "port", "bind");

    private static readonly Key<IReadOnlyList<CertificateOptions>> Certificates = Key.Required("certificates",
        new ListSchema<CertificateOptions>(CertificateSection.Schema, "certificates", 1, 100),
        "The one that has the name that a client asks for is shown, an exact name before a wildcard, else the first.", "certificate", "certs");

    private static readonly Key<bool> Minimum = Key.Optional("minimum", new WordSchema<bool>(("1.2", false), ("1.3", true)), false,
        "The oldest version of TLS that is spoken.", "version", "minVersion");

    public static readonly ObjectSchema<GatewayTlsOptions> Schema = new(
        "tls", "The address on which the gateway speaks HTTPS, beside `listen`.", [Listen, Certificates, Minimum],
        values => new GatewayTlsOptions
        {
            Listen = values.Get(Listen),
            Certificates = values.Get(Certificates),
            RequireTls13 = values.Get(Minimum),
        });
}
