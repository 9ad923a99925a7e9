namespace EvenKeel.Proof.Report.Model;

/// <summary>A name and its value, shown as text.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record Fact(string Name, string Value);
