using System.Text.Json.Nodes;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Reference;

namespace EvenKeel.Configuration.Tests.Reference;

/// <summary>The JSON Schema says what the program checks: editors and <c>validate</c> must not disagree.</summary>
public sealed class SchemaWriterTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(SchemaWriter.WriteJson())!.AsObject();

    /// <summary>What JSON Schema cannot say: relations between values, and YAML that never becomes JSON.</summary>
    private static readonly string[] BeyondTheSchema =
    [
        DiagnosticCodes.UnsetVariable, DiagnosticCodes.DemandedVariable, DiagnosticCodes.BareVariable, DiagnosticCodes.BadInterpolation,
            DiagnosticCodes.UnknownPlaceholder,
        DiagnosticCodes.BadCommand, DiagnosticCodes.BadThreshold, DiagnosticCodes.UnknownService, DiagnosticCodes.UnknownInstance,
            DiagnosticCodes.PortCount, DiagnosticCodes.DuplicatePort,
        DiagnosticCodes.DuplicateRoute, DiagnosticCodes.RoutesNeeded, DiagnosticCodes.MixedStages, DiagnosticCodes.Exclusive,
            DiagnosticCodes.UntraceableElement, DiagnosticCodes.LateFault,
        DiagnosticCodes.Contradiction, DiagnosticCodes.DuplicateName, DiagnosticCodes.DuplicateAddress, DiagnosticCodes.UnprovableService,
            DiagnosticCodes.StartCycle,
    ];

    /// <summary>Files whose only faults are ranges of numbers inside texts, of which a pattern knows the form alone.</summary>
    private static readonly string[] RangesInTexts = ["025-duration-out-of-range", "027-size-out-of-range", "035-listen-port-out-of-range"];

    public static TheoryData<string> BrokenFiles => BrokenFilesTests.Files;

    [Fact]
    public void The_schema_is_draft_7_and_every_reference_has_its_definition()
    {
        Assert.Equal("http://json-schema.org/draft-07/schema#", Schema["$schema"]!.GetValue<string>());
        var references = Walk(Schema).Where(p => p.Key == "$ref").Select(p =>
            p.Value!.GetValue<string>()["#/definitions/".Length..]).ToHashSet();

        Assert.Equal(references.Order(), Schema["definitions"]!.AsObject().Select(d => d.Key).Order());
    }

    [Fact]
    public void Every_section_and_key_of_the_reference_stands_in_the_schema_with_its_description()
    {
        var page = ReferenceWriter.WriteMarkdown();
        var sections = Schema["definitions"]!.AsObject().Where(d => d.Key != "interpolated").Select(d =>
            (d.Key, Section: d.Value!.AsObject()))
            .Append((Key: "cluster", Section: Schema)).ToList();

        Assert.Equal(ReferenceWriter.Sections.Order(), sections.Select(s => s.Key).Order());
        Assert.All(sections, s =>
        {
            Assert.False(s.Section["additionalProperties"]!.GetValue<bool>());
            Assert.All(s.Section["properties"]!.AsObject(), p => Assert.NotEmpty(p.Value!["description"]!.GetValue<string>()));
            Assert.All(s.Section["properties"]!.AsObject(), p =>
                Assert.Contains($"| `{p.Key}` |", ReferenceWriter.WriteSection(s.Key), StringComparison.Ordinal));
        });
        Assert.Contains("| `simultaneousKills` |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_default_is_valid_by_its_own_schema()
    {
        var check = Schema.DeepClone().AsObject();
        var defaults = Walk(Schema).Select(p => p.Value).OfType<JsonObject>().Where(o =>
            o.ContainsKey("default") && o.ContainsKey("description")).ToList();

        Assert.True(defaults.Count > 40);
        Assert.All(defaults, property =>
        {
            var schema = property.DeepClone().AsObject();
            schema["definitions"] = check["definitions"]!.DeepClone();
            Assert.True(new JsonSchemaCheck(schema).Accepts(property["default"]), property.ToJsonString());
        });
    }

    [Fact]
    public void A_file_with_every_key_is_valid_for_editors_too()
    {
        Assert.True(YamlAsJson.TryRead(ExampleFile.Text, out var json));
        Assert.True(new JsonSchemaCheck(Schema).Accepts(json));

        var used = Walk(json!).Select(p => p.Key).ToHashSet();
        var known = Walk(Schema).Where(p => p.Key == "properties").SelectMany(p => p.Value!.AsObject().Select(k => k.Key)).ToHashSet();
        // What excludes something that the example has is in examples of its own.
        Assert.Equal(["addresses", "audit", "faults"], known.Except(used).Union(["faults"]).Order());
    }

    [Theory]
    [MemberData(nameof(BrokenFiles))]
    public void What_the_program_refuses_by_form_editors_refuse_too(string name)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Tests, "Broken", name + ".yaml"));
        var codes = ConfigurationLoader.LoadText(text, "evenkeel.yaml", BrokenFilesTests.Environment).Diagnostics.Select(d => d.Code);
        if (!YamlAsJson.TryRead(text, out var json))
        {
            return;
        }

        var isRefusedByForm = codes.Except(BeyondTheSchema).Any() && !RangesInTexts.Contains(name)
            && !text.Contains("${", StringComparison.Ordinal);
        var isAccepted = new JsonSchemaCheck(Schema).Accepts(json);
        Assert.False(isRefusedByForm && isAccepted, $"{name}: {string.Join(' ', codes)}");
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Walk(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Value is null ? [p] : Walk(p.Value).Prepend(p)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Walk),
        _ => [],
    };
}
