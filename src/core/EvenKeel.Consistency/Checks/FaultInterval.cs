namespace EvenKeel.Consistency.Checks;

/// <summary>A fault as it was observed, to name the cause of what happened meanwhile.</summary>
/// <param name="Name">What happened to whom: <c>kill web-2</c>.</param>
/// <param name="Start">When it took effect, from the start of the run.</param>
/// <param name="End">When it was over (for a kill: the instance was ready again), or null when never.</param>
public sealed record FaultInterval(string Name, TimeSpan Start, TimeSpan? End);
