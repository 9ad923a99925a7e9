namespace EvenKeel.Control.Limits;

/// <summary>How often something may happen.</summary>
/// <param name="Rate">Times for each second in the long run; more than zero.</param>
/// <param name="Burst">Times at once after a pause; at least 1.</param>
public sealed record RateRules(double Rate, int Burst);
