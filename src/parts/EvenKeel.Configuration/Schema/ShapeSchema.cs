using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A union told apart by shape: a short form as a single value, a long form as a map or list.</summary>
/// <typeparam name="T">What every form binds to.</typeparam>
internal sealed class ShapeSchema<T> : SchemaNode<T>
{
    /// <summary>The form as a single value.</summary>
    public required SchemaNode<T> Single { get; init; }

    /// <summary>The form as a map, or null.</summary>
    public SchemaNode<T>? Map { get; init; }

    /// <summary>The form as a list, or null.</summary>
    public SchemaNode<T>? List { get; init; }

    /// <summary>What messages say is wanted, when the forms' own words would not read well together.</summary>
    public string? Wanted { get; init; }

    public override string Expectation => Wanted ?? string.Join(", or ", Forms.Select(f => f.Expectation));

    public override string TypeText => string.Join(", or ", Forms.Select(f => f.TypeText));

    public override IEnumerable<SchemaNode> Children => Forms;

    private IEnumerable<SchemaNode<T>> Forms => new[] { Single, List, Map }.OfType<SchemaNode<T>>();

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out T value)
    {
        var form = node switch
        {
            ConfigScalar => Single,
            ConfigMap => Map,
            _ => List,
        };
        if (form is not null && node is not ConfigScalar { Type: ScalarType.Null, IsBroken: false, Variables.Count: 0 })
        {
            return form.TryBind(node, path, context, out value);
        }

        value = default;
        context.FailKind(node, path, Expectation);
        return false;
    }

    public override string Format(T value) => Single.Format(value);

    public override JsonNode? ToJsonValue(T value) => Single.ToJsonValue(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.AnyOf(Forms.Select(f => f.ToJson(definitions)).ToArray());
}
