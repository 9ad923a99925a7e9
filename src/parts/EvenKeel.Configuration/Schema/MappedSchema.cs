using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A value of one type that binds to another, such as the short form of a section.</summary>
/// <typeparam name="TIn">What the file has.</typeparam>
/// <typeparam name="TOut">What it binds to.</typeparam>
/// <param name="inner">What the file has.</param>
/// <param name="map">Makes the one from the other.</param>
/// <param name="back">Gives what the file would have.</param>
internal sealed class MappedSchema<TIn, TOut>(SchemaNode<TIn> inner, Func<TIn, TOut> map, Func<TOut, TIn> back) : SchemaNode<TOut>
{
    public override string Expectation => inner.Expectation;

    public override string TypeText => inner.TypeText;

    public override IEnumerable<SchemaNode> Children => [inner];

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out TOut value)
    {
        var isValid = inner.TryBind(node, path, context, out var bound);
        value = isValid ? map(bound!) : default;
        return isValid;
    }

    public override string Format(TOut value) => inner.Format(back(value));

    public override JsonNode? ToJsonValue(TOut value) => inner.ToJsonValue(back(value));

    public override JsonObject ToJson(SchemaDefinitions definitions) => inner.ToJson(definitions);
}
