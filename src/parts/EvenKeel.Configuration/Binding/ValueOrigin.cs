using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Binding;

/// <summary>One value of a configuration and where it comes from, as <c>evenkeel validate --show-origin</c> lists it.</summary>
/// <param name="Path">Its path, such as <c>services.web.instances</c> or <c>gateway.routes[0].path</c>.</param>
/// <param name="Value">Its text on one line; <c>***</c> in place of what looks like a secret.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Span">Its place in the file; null for a default.</param>
/// <param name="Variables">The variables that it was made from.</param>
public sealed record ValueOrigin(string Path, string Value, OriginKind Kind, SourceSpan? Span, IReadOnlyList<string> Variables);
