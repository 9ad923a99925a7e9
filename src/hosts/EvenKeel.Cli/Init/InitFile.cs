using System.Globalization;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Discovery;

namespace EvenKeel.Cli.Init;

/// <summary>The text of a first <c>evenkeel.yaml</c>, from what a service told about itself.</summary>
internal static class InitFile
{
    public static string Text(
        string schema,
        string name,
        string command,
        int instances,
        IReadOnlyDictionary<string, string> environment,
        DiscoveredService service)
    {
        var workload = service.Workload;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# yaml-language-server: $schema={schema}");
        text.AppendLine("version: 1");
        text.AppendLine(CultureInfo.InvariantCulture, $"name: {Quote(name)}");
        text.AppendLine();
        text.AppendLine("services:");
        text.AppendLine("  web:");
        text.AppendLine(CultureInfo.InvariantCulture, $"    command: {Quote(command)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"    instances: {instances}");
        if (environment.Count > 0)
        {
            text.AppendLine("    env:");
            foreach (var (key, setting) in environment)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"      {Quote(key)}: {Quote(setting)}");
            }
        }

        text.AppendLine(
            service.Ready is { } ready
                ? $"    health: {{ ready: {Quote(ready)} }}"
                : "    # No path answered 2xx: an instance is ready when its port accepts.");
        text.AppendLine();
        text.AppendLine("prove:");
        text.AppendLine("  rate: 40/s");
        text.AppendLine("  duration: 8s");
        text.AppendLine("  workload:");
        text.AppendLine("    add:");
        text.AppendLine(CultureInfo.InvariantCulture, $"      request: {Quote(Line(workload.Add))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"      body: {Quote(workload.Add.Body!)}");
        if (workload.AddedId is { } added)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"      id: {Quote(added)}");
        }

        text.AppendLine("    list:");
        text.AppendLine(CultureInfo.InvariantCulture, $"      request: {Quote(Line(workload.List))}");
        text.AppendLine(CultureInfo.InvariantCulture, $"      items: {Quote(workload.Items)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"      id: {Quote(workload.ItemId)}");
        if (workload.ItemValue is { } value)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"      value: {Quote(value)}");
        }

        if (workload.Get is { } get)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    get: {Quote(Line(get))}");
        }

        if (workload.Remove is { } remove)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    remove: {Quote(Line(remove))}");
        }

        text.AppendLine("  faults:");
        text.AppendLine(CultureInfo.InvariantCulture, $"    - {{ kill: web-{Math.Min(2, instances)}, at: 3s }}");
        text.AppendLine("  checks: { failedReads: true }");
        return text.ToString();
    }

    private static string Line(RequestOptions request) => $"{request.Method} {request.Path}";

    // Single quotes keep every character but themselves; a dollar would begin an interpolation.
    private static string Quote(string text) =>
        "'" + text.Replace("$", "$$", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";
}
