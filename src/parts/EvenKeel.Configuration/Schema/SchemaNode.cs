using System.Text.Json.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>One node of the schema model, from which validation, binding, the JSON Schema and the reference page come.</summary>
internal abstract class SchemaNode
{
    /// <summary>What is wanted, with its article, for messages: <c>a duration such as 5s</c>.</summary>
    public abstract string Expectation { get; }

    /// <summary>The type in the reference page, in Markdown.</summary>
    public abstract string TypeText { get; }

    /// <summary>The nodes inside, for walks over the model.</summary>
    public virtual IEnumerable<SchemaNode> Children => [];

    /// <summary>The JSON Schema (draft 7) of this node.</summary>
    /// <param name="definitions">Takes up the sections that it refers to.</param>
    public abstract JsonObject ToJson(SchemaDefinitions definitions);
}
