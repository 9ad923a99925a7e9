using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Nodes;

/// <summary>Keys and values, in the order of the file, each key once.</summary>
internal sealed class ConfigMap(SourceSpan span, IReadOnlyList<ConfigEntry> entries) : ConfigNode(span)
{
    public IReadOnlyList<ConfigEntry> Entries { get; } = entries;

    public override string Kind => "a map";

    /// <summary>The value of a key, or null.</summary>
    public ConfigNode? Find(string key) => Entries.FirstOrDefault(e => e.Key.Text == key)?.Value;
}
