namespace EvenKeel.Consistency.Checks;

/// <summary>A number that a check found.</summary>
/// <param name="Name">What it is, in lower case words: <c>longest staleness</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Unit"><c>ms</c>, <c>%</c>, or empty for a count or a ratio.</param>
public readonly record struct Measure(string Name, double Value, string Unit = "");
