using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A list of equal things.</summary>
/// <typeparam name="T">What each element binds to.</typeparam>
/// <param name="item">The element.</param>
/// <param name="noun">What the elements are called, in the plural.</param>
/// <param name="min">The fewest elements.</param>
/// <param name="max">The most elements.</param>
internal sealed class ListSchema<T>(SchemaNode<T> item, string noun, int min, int max) : SchemaNode<IReadOnlyList<T>>
{
    public override string Expectation => $"a list of {noun}";

    public override string TypeText => $"list of {item.TypeText}";

    public override IEnumerable<SchemaNode> Children => [item];

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is not ConfigList list)
        {
            context.FailKind(node, path, Expectation);
            return false;
        }

        var isValid = true;
        if (list.Items.Count < min || list.Items.Count > max)
        {
            context.FailCount(list, list.Items.Count, max, path, noun);
            isValid = false;
        }

        var bound = new List<T>(list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (item.TryBind(list.Items[i], $"{path}[{i}]", context, out var element))
            {
                bound.Add(element);
            }
            else
            {
                isValid = false;
            }
        }

        value = bound;
        return isValid;
    }

    public override string Format(IReadOnlyList<T> value) => value.Count == 0 ? "[]" : $"[{string.Join(", ", value.Select(item.Format))}]";

    public override JsonNode? ToJsonValue(IReadOnlyList<T> value) => new JsonArray([.. value.Select(item.ToJsonValue)]);

    public override JsonObject ToJson(SchemaDefinitions definitions)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.ToJson(definitions), ["maxItems"] = max };
        if (min > 0)
        {
            list["minItems"] = min;
        }

        return list;
    }
}
