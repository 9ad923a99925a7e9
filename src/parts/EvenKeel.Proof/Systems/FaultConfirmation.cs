namespace EvenKeel.Proof.Systems;

/// <summary>What was observed after a fault, or its undoing, was asked for.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Confirmed">True when the effect was observed: the process is gone, stands still, or runs again.</param>
/// <param name="Timestamp">When it was observed, or given up, as <see cref="TimeProvider.GetTimestamp"/> of the clock that the runner was given.</param>
/// <param name="Detail">What was observed (<c>pid 20413 gone</c>), or why it could not be.</param>
public sealed record FaultConfirmation(string Instance, bool Confirmed, long Timestamp, string Detail);
