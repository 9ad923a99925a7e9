namespace EvenKeel.Consistency.Verdicts;

/// <summary>A verdict and why.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">One plain sentence.</param>
public sealed record Judgement(Verdict Verdict, string Reason);
