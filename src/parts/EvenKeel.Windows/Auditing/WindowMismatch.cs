namespace EvenKeel.Windows.Auditing;

/// <summary>A result of a closed window that is not what its events give.</summary>
/// <param name="Window">The window.</param>
/// <param name="Key">The key.</param>
/// <param name="Stored">The current result as JSON, or null.</param>
/// <param name="Expected">What the raw events give, or null.</param>
public sealed record WindowMismatch(WindowKey Window, string Key, string? Stored, string? Expected);
