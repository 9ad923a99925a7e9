using System.Text.Json;

namespace Metering.Tests.Deploy;

/// <summary>The dashboards of Grafana in <c>deploy/grafana/dashboards</c>.</summary>
internal static class Dashboard
{
    /// <summary>Each expression with the title of its panel.</summary>
    public static (string Panel, string Expression)[] Expressions() =>
        [.. Panels().SelectMany(panel => Targets(panel).Select(target => (Title(panel), target.GetProperty("expr").GetString()!)))];

    /// <summary>Each panel that asks a data source, and the uid of that data source.</summary>
    public static (string Panel, string? Source)[] Sources() =>
        [.. Panels().Where(panel => Targets(panel).Any()).Select(panel => (Title(panel), panel.GetProperty("datasource").GetProperty("uid").GetString()))];

    private static IEnumerable<JsonElement> Panels() => Directory.GetFiles(DeployFiles.PathOf("grafana/dashboards"), "*.json")
        .SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("panels").EnumerateArray())
        .SelectMany(panel => panel.TryGetProperty("panels", out JsonElement inner) ? [panel, .. inner.EnumerateArray()] : new[] { panel });

    private static JsonElement.ArrayEnumerator Targets(JsonElement panel) =>
        panel.TryGetProperty("targets", out JsonElement targets) ? targets.EnumerateArray() : default;

    private static string Title(JsonElement panel) => panel.GetProperty("title").GetString()!;
}
