using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>Which services start after which: those that they name, those that they refer to, and for nginx those that it balances.</summary>
internal static class StartOrder
{
    /// <summary>The services that a service starts after.</summary>
    public static IReadOnlyList<string> Of(ServiceOptions service, IReadOnlyList<string> named) =>
        named
            .Concat(service.Environment.Values.SelectMany(ServiceReference.In).Select(reference => reference.Service))
            .Concat(service.Server is { Kind: ServerKind.Nginx } nginx ? nginx.Targets : [])
            .Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>Reports services that would wait for each other for ever.</summary>
    public static void Check(KeyValues values, IReadOnlyList<KeyValuePair<string, ServiceOptions>> services)
    {
        var left = services.ToDictionary(service => service.Key, service => service.Value.After.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        while (left.FirstOrDefault(service => !service.Value.Any(left.ContainsKey)).Key is { } first)
        {
            left.Remove(first);
        }

        if (left.Count == 0)
        {
            return;
        }

        // Whoever is left waits for somebody who is left: following that comes back to where it was.
        var circle = new List<string> { left.Keys.First() };
        while (circle.IndexOf(circle[^1]) == circle.Count - 1)
        {
            circle.Add(left[circle[^1]].First(left.ContainsKey));
        }

        circle.RemoveRange(0, circle.IndexOf(circle[^1]));
        var map = (ConfigMap)values.Map.Find("services")!;
        values.Fail(DiagnosticCodes.StartCycle, map.Find(circle[0])!.Head, $"services wait for each other: {string.Join(" after ", circle)}", null,
            "a service starts after those in its 'after', those that its 'env' refers to, and, for nginx, its targets");
    }
}
