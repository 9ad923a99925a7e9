using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>TLS to the instances of a service. Like those of certificates, its files are read when the gateway starts, not here.</summary>
internal static class ServiceTlsSection
{
    private static readonly Key<string> ServerName = Key.Required("serverName",
        new TextSchema("a host such as api.example.com, or an address", "^[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*$|^[0-9A-Fa-f:.]+$")
        {
            ShortType = "host or address",
            Help = "it is the name that the certificates of the instances have, without port and scheme",
        },
        "The name or address that the certificate of each instance must have. A name is also asked for (SNI).", "name", "sni", "verify_name");

    private static readonly Key<string> Authorities = Key.Absent("authorities", Scalars.Text, "those that the system trusts",
        "A PEM file of the certificate authorities that are trusted instead of the system's. Relative to the file's folder.", "ca", "trust", "ca-file");

    private static readonly Key<CertificateOptions> Certificate = Key.Absent("certificate", CertificateSection.Schema, "none is shown",
        "What the gateway shows to instances that ask for a certificate.", "clientCertificate", "crt");

    private static readonly Key<bool> Insecure = Key.Optional("insecure", Scalars.Boolean, false,
        "True to take any certificate, with a warning: whoever is in between can then read and change everything.", "skipVerify", "verify");

    public static readonly ObjectSchema<ServiceTlsOptions> Schema = new(
        "service-tls", "TLS to the instances of a service. Their certificates are verified.", [ServerName, Authorities, Certificate, Insecure],
        values => new ServiceTlsOptions
        {
            ServerName = values.Get(ServerName),
            Authorities = values.Find(Authorities) is { } path ? Path.GetFullPath(path, values.Context.Directory) : null,
            Certificate = values.Find(Certificate),
            Insecure = values.Get(Insecure),
        })
    {
        Check = values =>
        {
            if (values.TryGet(Insecure, out var insecure) && insecure)
            {
                values.RefuseBoth(Authorities, Insecure, "with 'insecure' nothing is verified: remove it, or 'authorities'");
            }
        },
    };

    /// <summary>A client that was chosen by its server name has TLS with the instance: the gateway's own around it would be one too many.</summary>
    public static void CheckServerNames(KeyValues gateway)
    {
        var services = gateway.Map.Find("services") as ConfigMap;
        foreach (var listener in (gateway.Map.Find("tcp") as ConfigList)?.Items.OfType<ConfigMap>() ?? [])
        {
            if (listener.Find("sni") is not ConfigMap names)
            {
                continue;
            }

            foreach (var service in names.Entries.Select(entry => entry.Value).Append(listener.Find("default")).OfType<ConfigScalar>())
            {
                if ((services?.Find(service.Text) as ConfigMap)?.Find("tls") is not null)
                {
                    gateway.Fail(DiagnosticCodes.Contradiction, service.Span, $"'{service.Text}' would get TLS inside TLS",
                        "with 'sni' the client's own TLS is passed on", "remove 'tls' of that service in 'gateway.services', or lead here by 'service'");
                }
            }
        }
    }
}
