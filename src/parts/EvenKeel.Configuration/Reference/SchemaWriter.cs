using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Sections;

namespace EvenKeel.Configuration.Reference;

/// <summary>Writes the JSON Schema of <c>evenkeel.yaml</c> (draft 7, which YAML editors read) from the schema model.</summary>
public static class SchemaWriter
{
    // The text stands in a file of its own, never inside HTML, so that < and ' may stay readable.
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON Schema as text that ends with a line feed.</summary>
    public static string WriteJson()
    {
        var definitions = new SchemaDefinitions();
        var root = ClusterSection.Schema.WriteDefinition(definitions);
        var document = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "evenkeel.yaml, version 1",
        };
        foreach (var (name, value) in root.ToList())
        {
            root.Remove(name);
            document[name] = value;
        }

        document["definitions"] = definitions.ToJson();
        return document.ToJsonString(Format) + "\n";
    }
}
