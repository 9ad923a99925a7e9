using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Tests.Reference;

/// <summary>Checks JSON against the parts of JSON Schema draft 7 that the written schema uses, as an editor would; an unknown part is an
/// error.</summary>
internal sealed class JsonSchemaCheck(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "default", "definitions"];

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    private bool Accepts(JsonObject schema, JsonNode? value) =>
        schema.All(rule => Annotations.Contains(rule.Key) || Holds(rule.Key, rule.Value!, schema, value));

    private bool Holds(string rule, JsonNode argument, JsonObject schema, JsonNode? value) => rule switch
    {
        "$ref" => Accepts(root["definitions"]![argument.GetValue<string>()["#/definitions/".Length..]]!.AsObject(), value),
        "allOf" => argument.AsArray().All(s => Accepts(s!.AsObject(), value)),
        "anyOf" => argument.AsArray().Any(s => Accepts(s!.AsObject(), value)),
        "type" => argument is JsonArray types
            ? types.Any(t => IsOf(t!.GetValue<string>(), value)) : IsOf(argument.GetValue<string>(), value),
        "enum" => argument.AsArray().Any(e => JsonNode.DeepEquals(e, value)),
        "pattern" => value is not JsonValue text || !text.TryGetValue<string>(out var s)
            || Regex.IsMatch(s, argument.GetValue<string>(), RegexOptions.ECMAScript),
        "minLength" => value is not JsonValue text || !text.TryGetValue<string>(out var s) || s.Length >= argument.GetValue<int>(),
        "minimum" => value is not JsonValue number || !IsOf("number", value) || number.GetValue<double>() >= Number(argument),
        "maximum" => value is not JsonValue number || !IsOf("number", value) || number.GetValue<double>() <= Number(argument),
        "properties" => value is not JsonObject map || map.All(p => argument[p.Key] is not JsonObject s || Accepts(s, p.Value)),
        "required" => value is not JsonObject map || argument.AsArray().All(k => map.ContainsKey(k!.GetValue<string>())),
        "additionalProperties" when argument is JsonObject other => value is not JsonObject map || map.All(p => Accepts(other, p.Value)),
        "additionalProperties" => value is not JsonObject map || map.All(p => schema["properties"]![p.Key] is not null),
        "propertyNames" => value is not JsonObject map || map.All(p => Accepts(argument.AsObject(), JsonValue.Create(p.Key))),
        "minProperties" => value is not JsonObject map || map.Count >= argument.GetValue<int>(),
        "maxProperties" => value is not JsonObject map || map.Count <= argument.GetValue<int>(),
        "items" => value is not JsonArray list || list.All(i => Accepts(argument.AsObject(), i)),
        "minItems" => value is not JsonArray list || list.Count >= argument.GetValue<int>(),
        "maxItems" => value is not JsonArray list || list.Count <= argument.GetValue<int>(),
        _ => throw new InvalidOperationException($"The schema uses '{rule}', which this check does not know."),
    };

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsOf(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        "number" => value is JsonValue number && number.TryGetValue<double>(out _),
        "integer" => value is JsonValue number && number.TryGetValue<double>(out var d) && d == Math.Floor(d),
        _ => throw new InvalidOperationException($"'{type}' is not a type that the schema may use."),
    };
}
