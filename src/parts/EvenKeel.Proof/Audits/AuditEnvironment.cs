using System.Globalization;
using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Audits;

/// <summary>The variables that tell an audit where the ledger and the cluster are; docs/how-to/audit.md lists them.</summary>
internal static class AuditEnvironment
{
    /// <summary>Makes them.</summary>
    /// <param name="system">The cluster, which is up.</param>
    /// <param name="ledger">The ledger's absolute path.</param>
    /// <param name="seed">The seed of the run.</param>
    public static IReadOnlyDictionary<string, string> Of(ISystemUnderTest system, string ledger, ulong seed)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EVENKEEL_LEDGER"] = ledger,
            ["EVENKEEL_GATEWAY"] = Authority(system.Gateway),
            ["EVENKEEL_INSTANCES"] = string.Join(' ', system.Instances.Select(instance => Authority(instance.Address))),
            ["EVENKEEL_SEED"] = seed.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (service, connection) in system.Connections)
        {
            variables["EVENKEEL_CONNECTION_" + service.Replace('-', '_').ToUpperInvariant()] = connection;
        }

        return variables;
    }

    private static string Authority(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
