namespace EvenKeel.Fleet.Actions;

/// <summary>Proof that a kill, pause or resume happened.</summary>
/// <param name="Instance">The instance's name.</param>
/// <param name="Generation">The life that it happened to.</param>
/// <param name="Pids">The processes of the session that were alive right before the signal.</param>
/// <param name="Signalled">When the signal was sent.</param>
/// <param name="Confirmed">When the effect was observed; null when this system cannot observe it.</param>
public sealed record ActionReceipt(
    string Instance, int Generation, IReadOnlyList<int> Pids, DateTimeOffset Signalled, DateTimeOffset? Confirmed);
