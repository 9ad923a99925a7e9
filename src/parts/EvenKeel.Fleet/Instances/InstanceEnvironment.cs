using System.Globalization;

namespace EvenKeel.Fleet.Instances;

/// <summary>Makes the environment of an instance.</summary>
internal static class InstanceEnvironment
{
    // They would make an ASP.NET Core instance listen elsewhere than at its port, or are secrets of the supervisor.
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_HTTPS_PORTS", "DOTNET_URLS", "DOTNET_HTTP_PORTS", "DOTNET_HTTPS_PORTS", "URLS",
        "EVENKEEL_DASHBOARD_TOKEN",
    ];

    /// <summary>The parent's variables, without those that would mislead; then ours; then the service's own, which win.</summary>
    /// <param name="options">The fleet.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="generation">The life that begins.</param>
    /// <param name="port">The port it must listen on.</param>
    /// <param name="nonce">A value that no other process has.</param>
    public static Dictionary<string, string> Make(FleetOptions options, InstanceIdentity instance, int generation, int port, string nonce)
    {
        var variables = new Dictionary<string, string>(options.Environment);
        foreach (var name in NotInherited)
        {
            variables.Remove(name);
        }

        var portText = port.ToString(CultureInfo.InvariantCulture);
        variables["PORT"] = portText;
        variables["ASPNETCORE_HTTP_PORTS"] = portText;
        variables["EVENKEEL_SERVICE"] = instance.Service.Name;
        variables["EVENKEEL_INSTANCE"] = instance.Name;
        variables["EVENKEEL_INSTANCE_INDEX"] = instance.Index.ToString(CultureInfo.InvariantCulture);
        variables["EVENKEEL_GENERATION"] = generation.ToString(CultureInfo.InvariantCulture);
        variables["EVENKEEL_NONCE"] = nonce;
        if (options.StateConnection is { } state)
        {
            variables["ConnectionStrings__EvenKeel"] = state;
        }

        variables["OTEL_SERVICE_NAME"] = instance.Service.Name;
        var attributes = $"service.instance.id={instance.Name},service.namespace={options.ClusterName}";
        variables["OTEL_RESOURCE_ATTRIBUTES"] =
            options.Environment.TryGetValue("OTEL_RESOURCE_ATTRIBUTES", out var inherited) && inherited.Length > 0
                ? $"{inherited},{attributes}"
                : attributes;
        foreach (var (name, value) in instance.Service.Environment)
        {
            variables[name] = value;
        }

        return variables;
    }
}
