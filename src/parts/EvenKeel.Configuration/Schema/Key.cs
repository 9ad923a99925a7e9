using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>One key of an object: its name, meaning, type and default.</summary>
/// <param name="name">How it is written in the file.</param>
/// <param name="description">What it means, as one or two sentences.</param>
internal abstract class Key(string name, string description)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>True when the file must have it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when <see cref="DefaultText"/> stands for a value.</summary>
    public bool HasDefault { get; init; }

    /// <summary>What happens when it is absent and there is no plain default value, in a few words.</summary>
    public string? WhenAbsent { get; init; }

    /// <summary>Names of the same thing in other tools, only for suggestions.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>The type.</summary>
    public abstract SchemaNode Schema { get; }

    /// <summary>The default as the file would say it, or null.</summary>
    public abstract string? DefaultText { get; }

    /// <summary>The default as JSON, or null.</summary>
    public abstract JsonNode? DefaultJson { get; }

    /// <summary>Binds the value of the key, or marks it as failed.</summary>
    public abstract void Bind(ConfigNode node, string path, KeyValues values);

    /// <summary>Lists the default among the origins, if there is one.</summary>
    public abstract void ListDefault(string path, BindingContext context);

    /// <summary>A key that the file must have.</summary>
    public static Key<T> Required<T>(string name, SchemaNode<T> schema, string description, params string[] synonyms) =>
        new(name, schema, description) { IsRequired = true, Synonyms = synonyms };

    /// <summary>A key with a default.</summary>
    public static Key<T> Optional<T>(string name, SchemaNode<T> schema, T defaultValue, string description, params string[] synonyms) =>
        new(name, schema, description) { HasDefault = true, Default = defaultValue, Synonyms = synonyms };

    /// <summary>A key that may be absent, which means something of its own.</summary>
    public static Key<T> Absent<T>(string name, SchemaNode<T> schema, string whenAbsent, string description, params string[] synonyms) =>
        new(name, schema, description) { WhenAbsent = whenAbsent, Synonyms = synonyms };
}
