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

    /// <summary>The services that have a kind, in the order of the file.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Those of them that keep data and speak no HTTP.</summary>
    public IReadOnlyList<string> Stores { get; init; } = [];

    /// <summary>The services that run elsewhere.</summary>
    public IReadOnlyList<string> External { get; init; } = [];

    /// <summary>The services that a request may be meant for when no route says so: those without a kind.</summary>
    public IReadOnlyList<string> Served => [.. Services.Keys.Except(Servers)];

    /// <summary>The service that a proof attacks, or null when that cannot be told.</summary>
    public string? AttackedService { get; init; }

    /// <summary>True when the file has a section `load`, right or wrong.</summary>
    public bool HasLoad { get; init; }

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
        var maps = services.Where(e => e.Value is ConfigMap).Select(e => (Name: e.Key.Text, Map: (ConfigMap)e.Value)).ToList();
        var served = maps.Where(service => service.Map.Find("kind") is null).Select(service => service.Name).ToList();
        return new FileFacts
        {
            Servers = [.. maps.Where(service => service.Map.Find("kind") is not null).Select(service => service.Name)],
            Stores = [.. maps.Where(service => Text(service.Map.Find("kind")) is "postgres" or "redis").Select(service => service.Name)],
            External = [.. maps.Where(service => service.Map.Find("addresses") is not null).Select(service => service.Name)],
            Services = services.ToDictionary(e => e.Key.Text, e => CountInstances(e.Value as ConfigMap), StringComparer.Ordinal),
            ServicesAreUnknown = services.Count == 0,
            AttackedService = named ?? (served.Count == 1 && routes is null ? served[0] : null),
            HasLoad = map?.Find("load") is not null,
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
