using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A node of the schema model that binds to a value.</summary>
/// <typeparam name="T">What it binds to.</typeparam>
internal abstract class SchemaNode<T> : SchemaNode
{
    /// <summary>Checks and binds a piece of the file. False when something was wrong, all of which is then reported.</summary>
    public abstract bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out T value);

    /// <summary>Lists a default of this node with its path.</summary>
    public virtual void ListDefault(T value, string path, BindingContext context) => context.AddDefault(path, Format(value));

    /// <summary>A value as the file would say it.</summary>
    public abstract string Format(T value);

    /// <summary>A value as JSON of the type that the JSON Schema wants.</summary>
    public virtual JsonNode? ToJsonValue(T value) => JsonValue.Create(Format(value));
}
