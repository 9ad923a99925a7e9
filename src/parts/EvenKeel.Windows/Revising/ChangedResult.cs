namespace EvenKeel.Windows.Revising;

/// <summary>A key whose result is another one than the current.</summary>
/// <param name="Window">The window.</param>
/// <param name="Revision">The window's next revision.</param>
/// <param name="Key">The key.</param>
/// <param name="Old">The current result as JSON; null when there is none.</param>
/// <param name="New">The result that the raw events give; null when they give none.</param>
internal readonly record struct ChangedResult(WindowKey Window, int Revision, string Key, string? Old, string? New);
