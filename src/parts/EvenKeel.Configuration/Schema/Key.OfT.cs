using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A key whose value binds to a type.</summary>
/// <typeparam name="T">What its value binds to.</typeparam>
internal sealed class Key<T>(string name, SchemaNode<T> schema, string description) : Key(name, description)
{
    public override SchemaNode Schema => schema;

    /// <summary>The value when the key is absent; only with <see cref="Key.HasDefault"/>.</summary>
    public T? Default { get; init; }

    public override string? DefaultText => HasDefault ? schema.Format(Default!) : null;

    public override JsonNode? DefaultJson => HasDefault ? schema.ToJsonValue(Default!) : null;

    public override void Bind(ConfigNode node, string path, KeyValues values)
    {
        if (schema.TryBind(node, path, values.Context, out var value))
        {
            values.Set(this, value);
        }
        else
        {
            values.MarkFailed(this);
        }
    }

    public override void ListDefault(string path, BindingContext context)
    {
        if (HasDefault)
        {
            schema.ListDefault(Default!, path, context);
        }
    }
}
