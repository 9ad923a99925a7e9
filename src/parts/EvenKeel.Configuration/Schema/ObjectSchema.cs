using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A map with known keys: a section of the file and of the reference page.</summary>
/// <typeparam name="T">What it binds to.</typeparam>
/// <param name="name">The section's name, unique in the model.</param>
/// <param name="summary">What the section is about.</param>
/// <param name="keys">Its keys, in the order of the reference.</param>
/// <param name="create">Makes the value; called only when nothing in the map was wrong.</param>
internal sealed class ObjectSchema<T>(string name, string summary, IReadOnlyList<Key> keys, Func<KeyValues, T> create)
    : SchemaNode<T>, IObjectSchema
{
    public string Name => name;

    public string Summary => summary;

    public IReadOnlyList<Key> Keys => keys;

    /// <summary>Checks between keys; called whatever was wrong before, so it asks with <see cref="KeyValues.TryGet"/>.</summary>
    public Action<KeyValues>? Check { get; init; }

    /// <summary>
    /// Groups of alternatives, of each of which at least one must be given in full: what <see cref="Check"/> says in better words, for
    /// editors.
    /// </summary>
    public IReadOnlyList<Key[][]> Alternatives { get; init; } = [];

    public override string Expectation
    {
        get
        {
            var some = keys.OrderByDescending(k => k.IsRequired).Take(3).Select(k => $"'{k.Name}'").ToList();
            return some.Count == 1
                ? $"a map with the key {some[0]}"
                : $"a map with keys such as {string.Join(", ", some[..^1])} and {some[^1]}";
        }
    }

    public override string TypeText => $"[{name}](#{name})";

    public override IEnumerable<SchemaNode> Children => keys.Select(k => k.Schema);

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not ConfigMap map)
        {
            context.FailKind(node, path, Expectation);
            return false;
        }

        var values = new KeyValues(map, path, context);
        foreach (var entry in map.Entries)
        {
            if (keys.FirstOrDefault(k => k.Name == entry.Key.Text) is { } key)
            {
                key.Bind(entry.Value, BindingContext.Join(path, key.Name), values);
            }
            else
            {
                values.Fail(DiagnosticCodes.UnknownKey, entry.Key.Span, $"unknown key {ConfigScalar.Quote(entry.Key.Text)}",
                    Suggest(entry.Key.Text),
                    $"evenkeel schema {name}");
            }
        }

        foreach (var key in keys.Where(k => !values.Has(k)))
        {
            if (key.IsRequired)
            {
                values.Fail(DiagnosticCodes.MissingKey, map.Head, $"{BindingContext.Subject(path)} lacks the key '{key.Name}'",
                    $"'{key.Name}' is required", $"add '{key.Name}:' with {key.Schema.Expectation}");
            }
            else
            {
                key.ListDefault(BindingContext.Join(path, key.Name), context);
            }
        }

        Check?.Invoke(values);
        if (values.HasFailed)
        {
            return false;
        }

        value = create(values);
        return true;
    }

    /// <summary>A section's defaults are those of its keys.</summary>
    public override void ListDefault(T value, string path, BindingContext context)
    {
        foreach (var key in keys)
        {
            key.ListDefault(BindingContext.Join(path, key.Name), context);
        }
    }

    public override string Format(T value) => "{}";

    public override JsonNode? ToJsonValue(T value) => null;

    public override JsonObject ToJson(SchemaDefinitions definitions) => definitions.Refer(name, () => WriteDefinition(definitions));

    /// <summary>The definition itself instead of a reference to it, for the root.</summary>
    public JsonObject WriteDefinition(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            var type = key.Schema.ToJson(definitions);

            // Draft 7 ignores whatever stands beside a $ref, so the description goes around it.
            var property = type.ContainsKey("$ref") ? new JsonObject { ["allOf"] = new JsonArray(type) } : type;
            property["description"] = key.Description;
            if (key.DefaultJson is { } defaultValue)
            {
                property["default"] = defaultValue;
            }

            properties[key.Name] = property;
        }

        var definition = new JsonObject
        {
            ["type"] = "object",
            ["description"] = summary,
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        var required = keys.Where(k => k.IsRequired).Select(k => (JsonNode)k.Name).ToArray();
        if (required.Length > 0)
        {
            definition["required"] = new JsonArray(required);
        }

        if (Alternatives.Count > 0)
        {
            definition["allOf"] = new JsonArray([.. Alternatives.Select(WriteAlternatives)]);
        }

        return definition;
    }

    private static JsonObject WriteAlternatives(Key[][] alternatives) => new()
    {
        ["anyOf"] = new JsonArray([.. alternatives.Select(keys =>
            new JsonObject { ["required"] = new JsonArray([.. keys.Select(k => (JsonNode)k.Name)]) })]),
    };

    private string? Suggest(string unknown) =>
        keys.FirstOrDefault(k => k.Synonyms.Contains(unknown, StringComparer.OrdinalIgnoreCase)) is { } meant
            ? $"did you mean '{meant.Name}'?"
            : NameSuggestion.Label(unknown, keys.Select(k => k.Name));
}
