namespace EvenKeel.Gateway.Routing.Rewrites;

/// <summary>A piece of a template.</summary>
/// <param name="Literal">What it is when it stands for itself.</param>
/// <param name="Value">What it stands for.</param>
/// <param name="Position">Which capture it is.</param>
/// <param name="IsQueryValue">True when it is of the path and stands in a query, where characters that have a meaning there are encoded.</param>
internal readonly record struct TemplatePiece(byte[] Literal, TemplateValue Value, int Position, bool IsQueryValue);
