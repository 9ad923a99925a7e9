namespace EvenKeel.Proof.Report.Model;

/// <summary>An instance and its conditions over time.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="Spans">Its conditions in order, without overlap.</param>
public sealed record InstanceTimeline(string Instance, IReadOnlyList<ConditionSpan> Spans);
