using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Runs;

/// <summary>A part of a scenario began.</summary>
/// <param name="Phase">Which.</param>
/// <param name="At">When, from the start of the scenario.</param>
public sealed record PhaseStart(OperationPhase Phase, TimeSpan At);
