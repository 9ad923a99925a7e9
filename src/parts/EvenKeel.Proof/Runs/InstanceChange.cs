using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Runs;

/// <summary>An instance changed its condition.</summary>
/// <param name="At">When, from the start of the scenario.</param>
/// <param name="Instance">The instance.</param>
/// <param name="State">Its new condition.</param>
/// <param name="Detail">A few words, or null.</param>
public sealed record InstanceChange(TimeSpan At, string Instance, InstanceCondition State, string? Detail);
