using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Nodes;

/// <summary>A piece of the parsed file that remembers where it stands.</summary>
/// <param name="span">What a message about the whole node marks.</param>
internal abstract class ConfigNode(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>Where something missing inside is reported: the key that the node belongs to, or the node itself in a list.</summary>
    public SourceSpan Head { get; set; } = span;

    /// <summary>What it is, with its article, for messages.</summary>
    public abstract string Kind { get; }
}
