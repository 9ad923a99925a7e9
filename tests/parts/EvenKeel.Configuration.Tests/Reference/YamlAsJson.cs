using System.Globalization;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Tests.Reference;

/// <summary>A YAML file as the JSON that an editor checks: types of the core schema, variables not replaced.</summary>
internal static class YamlAsJson
{
    /// <summary>The JSON, or false when the file is not valid YAML of the kind that is read.</summary>
    public static bool TryRead(string text, out JsonNode? json)
    {
        var diagnostics = new DiagnosticBag();
        var root = NodeReader.Read(new SourceText("evenkeel.yaml", text), diagnostics);
        json = root is null ? null : Convert(root);
        return root is not null && diagnostics.Count == 0;
    }

    private static JsonNode? Convert(ConfigNode node) => node switch
    {
        ConfigMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Convert(e.Value)))),
        ConfigList list => new JsonArray([.. list.Items.Select(Convert)]),
        ConfigScalar { Type: ScalarType.Null } => null,
        ConfigScalar { Type: ScalarType.Boolean } flag => JsonValue.Create(flag.Text is "true" or "True" or "TRUE"),
        ConfigScalar { Type: ScalarType.Number } number => JsonValue.Create(number.Text.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.Parse(number.Text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : double.Parse(number.Text, CultureInfo.InvariantCulture)),
        ConfigScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
