namespace EvenKeel.Configuration.Changes;

/// <summary>One value that differs between two configurations.</summary>
/// <param name="Path">Its path, such as <c>gateway.timeouts.connect</c>.</param>
/// <param name="NeedsRestart">True when a running cluster cannot take it over.</param>
public sealed record ConfigurationChange(string Path, bool NeedsRestart);
