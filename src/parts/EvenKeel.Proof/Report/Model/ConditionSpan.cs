namespace EvenKeel.Proof.Report.Model;

/// <summary>A stretch of time in one condition, from the start of the history.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Start">Since when.</param>
/// <param name="End">Until when.</param>
public sealed record ConditionSpan(InstanceCondition Condition, TimeSpan Start, TimeSpan End);
