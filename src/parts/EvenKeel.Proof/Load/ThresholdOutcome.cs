namespace EvenKeel.Proof.Load;

/// <summary>Whether a threshold held.</summary>
/// <param name="Rule">The rule as it was written.</param>
/// <param name="Holds">True when it held; always false without samples.</param>
/// <param name="Measured">The measured value with its unit, or <c>no samples</c>.</param>
public sealed record ThresholdOutcome(string Rule, bool Holds, string Measured);
