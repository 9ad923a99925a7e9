namespace EvenKeel.Configuration.Values;

/// <summary>A part of a template.</summary>
/// <param name="Text">A literal text, or the name of a placeholder.</param>
/// <param name="IsPlaceholder">Which of the two.</param>
public readonly record struct TemplatePiece(string Text, bool IsPlaceholder);
