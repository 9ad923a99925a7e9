namespace EvenKeel.Configuration.Diagnostics;

/// <summary>A run of characters on one line of a file.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Column">The first character, counted from 1.</param>
/// <param name="Length">The number of characters, at least 1.</param>
public readonly record struct SourceSpan(int Line, int Column, int Length);
