using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>Checks the placeholders of a route's texts against what its path captures.</summary>
internal static class RouteTemplates
{
    /// <summary>Reports each placeholder that is not known.</summary>
    /// <param name="values">The route.</param>
    /// <param name="path">Its path, or null when that is wrong.</param>
    public static void Check(KeyValues values, RoutePath? path)
    {
        if (path is null)
        {
            return;
        }

        var known = TemplateText.Reserved.Where(name => name != "rest" || path.Kind == PathKind.Prefix).ToList();
        if (path.Kind == PathKind.Pattern && PathPattern.TryParse(path.Text, out var pattern, out _))
        {
            known.AddRange(pattern.Names);
        }

        foreach (var scalar in Templates(values.Map))
        {
            foreach (var piece in TemplateText.Split(scalar.Text).Where(piece => piece.IsPlaceholder && !known.Contains(piece.Text)))
            {
                values.Fail(DiagnosticCodes.UnknownPlaceholder, values.Context.Locate(scalar, $"{{{piece.Text}}}"),
                    $"the placeholder {{{piece.Text}}} is not known",
                    NameSuggestion.Find(piece.Text, known) is { } near ? $"did you mean '{{{near}}}'?" : null,
                    $"known here are {string.Join(", ", known.Select(name => $"{{{name}}}"))}");
            }
        }

        if (path.Kind != PathKind.Prefix && (values.Map.Find("rewrite") as ConfigMap)?.Find("prefix") is { } prefix)
        {
            values.Fail(DiagnosticCodes.Contradiction, prefix.Span, "this route has no prefix that could be replaced",
                "its path is the whole one", "write 'path' in place of 'prefix', with what the route's path captures");
        }
    }

    private static IEnumerable<ConfigScalar> Templates(ConfigMap route)
    {
        var rewrite = route.Find("rewrite") as ConfigMap;
        var headers = route.Find("requestHeaders") as ConfigMap;
        IEnumerable<ConfigNode?> nodes =
        [
            route.Find("redirect"), (route.Find("redirect") as ConfigMap)?.Find("to"), rewrite?.Find("path"), rewrite?.Find("host"),
            .. Values(headers?.Find("set")), .. Values(headers?.Find("add")),
        ];
        return nodes.OfType<ConfigScalar>().Where(scalar => !scalar.IsBroken);
    }

    private static IEnumerable<ConfigNode> Values(ConfigNode? map) => (map as ConfigMap)?.Entries.Select(entry => entry.Value) ?? [];
}
