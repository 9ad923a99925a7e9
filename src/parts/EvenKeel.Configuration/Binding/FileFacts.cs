using System.Globalization;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Binding;

/// <summary>
/// What one part of the file must know of another, read before binding and leniently: a service whose health section is wrong still exists
/// for the routes that name it.
/// </summary>
internal sealed class FileFacts
{
    /// <summary>The services and how many instances each has; null when that cannot be told.</summary>
    public required IReadOnlyDictionary<string, int?> Services { get; init; }

    /// <summary>The service that a proof attacks, or null when that cannot be told.</summary>
    public string? AttackedService { get; init; }

    /// <summary>The length of the proof's load with faults, or null when that cannot be told.</summary>
    public TimeSpan? ProveDuration { get; init; }

    /// <summary>True when the services themselves cannot be told, so that nothing is said about their names.</summary>
    public bool ServicesAreUnknown { get; init; }

    public static FileFacts Read(ConfigNode root)
    {
        var map = root as ConfigMap;
        var services = (map?.Find("services") as ConfigMap)?.Entries ?? [];
        var prove = map?.Find("prove") as ConfigMap;
        var routes = (map?.Find("gateway") as ConfigMap)?.Find("routes");
        var named = Text(prove?.Find("service"))
            ?? Text((routes as ConfigList)?.Items.OfType<ConfigMap>().FirstOrDefault()?.Find("service"));
        return new FileFacts
        {
            Services = services.ToDictionary(e => e.Key.Text, e => CountInstances(e.Value as ConfigMap), StringComparer.Ordinal),
            ServicesAreUnknown = services.Count == 0,
            AttackedService = named ?? (services.Count == 1 && routes is null ? services[0].Key.Text : null),
            ProveDuration = prove?.Find("duration") is not { } duration ? new Model.ProveOptions().Duration
                : Text(duration) is { } text && DurationText.TryParse(text, out var value, out _) ? value
                : null,
        };
    }

    /// <summary>The names of all instances of a service, for messages: <c>web-1 to web-3</c>.</summary>
    public static string DescribeInstances(string service, int count) =>
        count == 1 ? $"'{service}' has one instance: {service}-1" : $"'{service}' has {count} instances: {service}-1 to {service}-{count}";

    private static int? CountInstances(ConfigMap? service)
    {
        if (service is null)
        {
            return null;
        }

        if (service.Find("instances") is { } instances)
        {
            return int.TryParse(Text(instances), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
                ? count
                : null;
        }

        return (service.Find("ports") ?? service.Find("addresses")) is ConfigList each ? each.Items.Count : 1;
    }

    private static string? Text(ConfigNode? node) => node is ConfigScalar { IsBroken: false } scalar ? scalar.Text : null;
}
