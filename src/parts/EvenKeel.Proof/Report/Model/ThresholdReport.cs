namespace EvenKeel.Proof.Report.Model;

/// <summary>A rule and what was measured for it.</summary>
/// <param name="Rule">The rule as written: <c>p99&lt;50ms</c>.</param>
/// <param name="Measured">What was measured, with its unit; <c>no samples</c> when nothing was.</param>
/// <param name="Held">True when the rule held. A rule without samples did not.</param>
public sealed record ThresholdReport(string Rule, string Measured, bool Held);
