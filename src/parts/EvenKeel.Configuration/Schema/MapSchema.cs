using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A map from names that the file chooses to equal things, in the order of the file.</summary>
/// <typeparam name="T">What each value binds to.</typeparam>
/// <param name="item">The value.</param>
/// <param name="noun">What the entries are called, in the plural.</param>
/// <param name="keyExpectation">What a name must be, with its article.</param>
/// <param name="keyPattern">The form of a name as a regular expression that .NET and ECMAScript read alike.</param>
/// <param name="min">The fewest entries.</param>
/// <param name="max">The most entries.</param>
internal sealed class MapSchema<T>(SchemaNode<T> item, string noun, string keyExpectation, string keyPattern, int min, int max)
    : SchemaNode<IReadOnlyList<KeyValuePair<string, T>>>
{
    private readonly Regex _keyForm = new(keyPattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public override string Expectation => $"a map of {noun}";

    public override string TypeText => $"map of {noun} to {item.TypeText}";

    public override IEnumerable<SchemaNode> Children => [item];

    public override bool TryBind(
        ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyList<KeyValuePair<string, T>> value)
    {
        value = null;
        if (node is not ConfigMap map)
        {
            context.FailKind(node, path, Expectation);
            return false;
        }

        var isValid = true;
        if (map.Entries.Count < min || map.Entries.Count > max)
        {
            context.FailCount(map, map.Entries.Count, max, path, noun);
            isValid = false;
        }

        var bound = new List<KeyValuePair<string, T>>(map.Entries.Count);
        foreach (var (key, child) in map.Entries)
        {
            if (!_keyForm.IsMatch(key.Text) || key.Text.EndsWith('\n'))
            {
                context.Fail(DiagnosticCodes.BadText, key.Span, $"the name {ConfigScalar.Quote(key.Text)} is not {keyExpectation}");
                isValid = false;
            }

            if (item.TryBind(child, BindingContext.Join(path, key.Text), context, out var element))
            {
                bound.Add(KeyValuePair.Create(key.Text, element));
            }
            else
            {
                isValid = false;
            }
        }

        value = bound;
        return isValid;
    }

    public override void ListDefault(IReadOnlyList<KeyValuePair<string, T>> value, string path, BindingContext context)
    {
    }

    public override string Format(IReadOnlyList<KeyValuePair<string, T>> value) => "{}";

    public override JsonNode? ToJsonValue(IReadOnlyList<KeyValuePair<string, T>> value) => null;

    public override JsonObject ToJson(SchemaDefinitions definitions)
    {
        var map = new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = keyPattern },
            ["additionalProperties"] = item.ToJson(definitions),
            ["maxProperties"] = max,
        };
        if (min > 0)
        {
            map["minProperties"] = min;
        }

        return map;
    }
}
