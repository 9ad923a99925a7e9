namespace EvenKeel.Control.Restarts;

/// <summary>What follows the end of a process.</summary>
/// <param name="Wait">Time until the next start; zero starts it at once.</param>
/// <param name="EndsInARow">Ends since the last reset, this one included; at least 1.</param>
/// <param name="Failed">True in a crash loop: the process is to be shown as failed while it waits. It is still tried again, at the cap.</param>
public readonly record struct RestartDecision(TimeSpan Wait, int EndsInARow, bool Failed);
