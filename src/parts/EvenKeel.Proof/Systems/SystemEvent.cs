namespace EvenKeel.Proof.Systems;

/// <summary>An instance changed its condition.</summary>
/// <param name="Timestamp">When, as <see cref="TimeProvider.GetTimestamp"/> of the clock that the runner was given.</param>
/// <param name="Instance">The instance.</param>
/// <param name="State">Its new condition.</param>
/// <param name="Detail">A few words for people, such as <c>exited with code 137</c>, or null.</param>
public sealed record SystemEvent(long Timestamp, string Instance, InstanceCondition State, string? Detail = null);
