namespace EvenKeel.Control.Budgets;

/// <summary>How many retries a service gets in a window of time.</summary>
/// <param name="Percent">Retries for each hundred requests of the window; 0 or more.</param>
/// <param name="Reserve">Retries for each second of the window, whatever the number of requests; 0 or more.</param>
/// <param name="Window">The length of the window; more than zero.</param>
public sealed record RetryBudgetRules(int Percent, int Reserve, TimeSpan Window);
