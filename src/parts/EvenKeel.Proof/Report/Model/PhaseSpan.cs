namespace EvenKeel.Proof.Report.Model;

/// <summary>A phase and its time, from the start of the history.</summary>
/// <param name="Name">What it is called: <c>control</c>, <c>faults</c>, <c>settle</c>, <c>final</c>.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
public sealed record PhaseSpan(string Name, TimeSpan Start, TimeSpan End);
