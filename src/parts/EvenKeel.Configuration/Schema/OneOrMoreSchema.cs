using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>One thing, or a list of them.</summary>
/// <typeparam name="T">What each element binds to.</typeparam>
/// <param name="item">The element.</param>
/// <param name="noun">What the elements are called, in the plural.</param>
/// <param name="max">The most elements.</param>
internal sealed class OneOrMoreSchema<T>(SchemaNode<T> item, string noun, int max) : SchemaNode<IReadOnlyList<T>>
{
    private readonly ListSchema<T> _list = new(item, noun, 1, max);

    public override string Expectation => $"{item.Expectation}, or a list of them";

    public override string TypeText => $"{item.TypeText}, or a list of them";

    public override IEnumerable<SchemaNode> Children => [item];

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        if (node is ConfigList)
        {
            return _list.TryBind(node, path, context, out value);
        }

        value = item.TryBind(node, path, context, out var only) ? [only] : null;
        return value is not null;
    }

    public override string Format(IReadOnlyList<T> value) => value.Count == 1 ? item.Format(value[0]) : _list.Format(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) => SchemaDefinitions.AnyOf(item.ToJson(definitions), _list.ToJson(definitions));
}
