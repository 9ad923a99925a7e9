namespace EvenKeel.Configuration.Schema;

/// <summary>What the reference page needs of a section, whatever it binds to.</summary>
internal interface IObjectSchema
{
    /// <summary>The name of the section, unique in the model.</summary>
    string Name { get; }

    /// <summary>What the section is about.</summary>
    string Summary { get; }

    /// <summary>Its keys, in the order of the reference.</summary>
    IReadOnlyList<Key> Keys { get; }
}
