using System.Globalization;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>Reports ports that two things of the file would listen on: instances, the gateway's named addresses, the embedded state
/// node.</summary>
internal static class PortUses
{
    public static void Check(KeyValues cluster)
    {
        var users = new Dictionary<int, string>();
        foreach (var (port, scalar, user) in List(cluster.Map))
        {
            if (!users.TryAdd(port, user))
            {
                cluster.Fail(DiagnosticCodes.DuplicatePort, scalar.Span, $"the port {port} is used twice", $"{users[port]} has it already");
            }
        }
    }

    private static IEnumerable<(int Port, ConfigScalar Scalar, string User)> List(ConfigMap cluster)
    {
        foreach (var (name, service) in (cluster.Find("services") as ConfigMap)?.Entries ?? [])
        {
            if ((service as ConfigMap)?.Find("port") is ConfigScalar own && Read(own) is { } server)
            {
                yield return (server, own, name.Text);
            }

            var index = 0;
            foreach (var port in ((service as ConfigMap)?.Find("ports") as ConfigList)?.Items ?? [])
            {
                index++;
                if (port is ConfigScalar scalar && Read(scalar) is { } number)
                {
                    yield return (number, scalar, $"{name.Text}-{index}");
                }
            }
        }

        var gateway = cluster.Find("gateway") as ConfigMap;
        foreach (var (listener, user) in Listeners(gateway))
        {
            if (listener.Find("listen") is ConfigScalar listen && EndpointText.TryParse(listen.Text, out var address) && address.Port > 0)
            {
                yield return (address.Port, listen, user);
            }
        }

        if ((gateway?.Find("tls") as ConfigMap)?.Find("listen") is ConfigScalar secure
            && EndpointText.TryParse(secure.Text, out var https) && https.Port > 0)
        {
            yield return (https.Port, secure, "the gateway's HTTPS");
        }

        if ((cluster.Find("state") as ConfigMap)?.Find("port") is ConfigScalar state && Read(state) is { } statePort)
        {
            yield return (statePort, state, "the state node");
        }
    }

    private static IEnumerable<(ConfigMap Listener, string User)> Listeners(ConfigMap? gateway) => gateway is null ? [] :
    [
        (gateway, "the gateway"),
        .. ((gateway.Find("tcp") as ConfigList)?.Items.OfType<ConfigMap>() ?? []).Select((listener, i) => (listener, $"gateway.tcp[{i}]")),
    ];

    private static int? Read(ConfigScalar scalar) =>
        int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535
            ? number
            : null;
}
