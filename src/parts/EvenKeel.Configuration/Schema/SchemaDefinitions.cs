using System.Text.Json.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>The named sections of a JSON Schema, each written once.</summary>
internal sealed class SchemaDefinitions
{
    /// <summary>The name of the definition of values that are made from variables and so checked only when they are replaced.</summary>
    private const string Interpolated = "interpolated";

    private readonly Dictionary<string, JsonObject?> _definitions = new(StringComparer.Ordinal)
    {
        [Interpolated] = new JsonObject
        {
            ["type"] = "string",
            ["pattern"] = "\\$\\{.+\\}",
            ["description"] = "A value with variables of the environment: ${NAME} or ${NAME:-default}.",
        },
    };

    /// <summary>A reference to a section, which is written on first use.</summary>
    public JsonObject Refer(string name, Func<JsonObject> write)
    {
        if (_definitions.TryAdd(name, null))
        {
            _definitions[name] = write();
        }

        return new JsonObject { ["$ref"] = "#/definitions/" + name };
    }

    /// <summary>The given schemas, or a value made from variables.</summary>
    public static JsonObject OrInterpolated(params IEnumerable<JsonObject> schemas) =>
        AnyOf([.. schemas, new JsonObject { ["$ref"] = "#/definitions/" + Interpolated }]);

    /// <summary>A schema that accepts what any of the given ones accepts; nested choices become one.</summary>
    public static JsonObject AnyOf(params IEnumerable<JsonObject> schemas)
    {
        var choices = new JsonArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            IEnumerable<JsonNode?> parts = schema is { Count: 1 } && schema["anyOf"] is JsonArray nested ? nested : [schema];
            foreach (var part in parts.ToList())
            {
                if (seen.Add(part!.ToJsonString()))
                {
                    choices.Add(part.DeepClone());
                }
            }
        }

        return choices.Count == 1 ? choices[0]!.DeepClone().AsObject() : new JsonObject { ["anyOf"] = choices };
    }

    public JsonObject ToJson() =>
        new(_definitions.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
}
