using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Nodes;

/// <summary>Values in order.</summary>
internal sealed class ConfigList(SourceSpan span, IReadOnlyList<ConfigNode> items) : ConfigNode(span)
{
    public IReadOnlyList<ConfigNode> Items { get; } = items;

    public override string Kind => "a list";
}
