namespace EvenKeel.Configuration.Values;

/// <summary>A part of a request's template.</summary>
/// <param name="Literal">Text that is sent as it is.</param>
/// <param name="Placeholder">What follows the text, or null at the end.</param>
public readonly record struct PlaceholderPiece(string Literal, Placeholder? Placeholder);
