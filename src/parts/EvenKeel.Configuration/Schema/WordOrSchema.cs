using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A word that stands for "no value of its own", or a value: <c>auto</c> or a number, <c>measure</c> or a duration.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="word">The word, which binds to null.</param>
/// <param name="inner">The value.</param>
internal sealed class WordOrSchema<T>(string word, SchemaNode<T> inner) : SchemaNode<T?>
    where T : struct
{
    private readonly WordSchema<T?> _word = new((word, null)) { Wanted = $"{inner.Expectation}, or '{word}'" };

    public override string Expectation => $"{inner.Expectation}, or '{word}'";

    public override string TypeText => $"`{word}`, or {inner.TypeText}";

    public override IEnumerable<SchemaNode> Children => [inner];

    public override bool TryBind(ConfigNode node, string path, BindingContext context, out T? value)
    {
        if (node is ConfigScalar { IsBroken: false } scalar && scalar.Text == word)
        {
            return _word.TryBind(node, path, context, out value);
        }

        value = null;
        if (Diagnostics.NameSuggestion.Find((node as ConfigScalar)?.Text ?? "", [word]) is not null)
        {
            return _word.TryBind(node, path, context, out value);
        }

        if (!inner.TryBind(node, path, context, out var bound))
        {
            return false;
        }

        value = bound;
        return true;
    }

    public override string Format(T? value) => value is { } given ? inner.Format(given) : word;

    public override JsonNode? ToJsonValue(T? value) => value is { } given ? inner.ToJsonValue(given) : JsonValue.Create(word);

    public override JsonObject ToJson(SchemaDefinitions definitions) => SchemaDefinitions.AnyOf(
        new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(word) }, inner.ToJson(definitions));
}
