using System.Text.Json.Nodes;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Reference;
using EvenKeel.Configuration.Tests.Reference;

namespace EvenKeel.Configuration.Tests;

/// <summary>The examples of the repository are valid, for the program and for editors.</summary>
public sealed class ExampleFilesTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "examples");

    private static readonly Dictionary<string, string> Variables = new() { ["EVENKEEL_SERVICES"] = "/opt/evenkeel/services" };

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_has_no_error(string name)
    {
        var result = ConfigurationLoader.Load(Path.Combine(Folder, name), Variables);

        Assert.Equal("", DiagnosticRenderer.Render(result.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_is_valid_by_the_json_schema(string name)
    {
        Assert.True(YamlAsJson.TryRead(File.ReadAllText(Path.Combine(Folder, name)), out var json));
        Assert.True(new JsonSchemaCheck(JsonNode.Parse(SchemaWriter.WriteJson())!.AsObject()).Accepts(json));
    }
}
