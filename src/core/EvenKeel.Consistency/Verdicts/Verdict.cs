namespace EvenKeel.Consistency.Verdicts;

/// <summary>The outcome of a proof.</summary>
public enum Verdict
{
    /// <summary>Operations were checked, every planned fault was confirmed, and nothing is wrong.</summary>
    Pass = 0,

    /// <summary>Something that must hold does not.</summary>
    Violation = 1,

    /// <summary>It could not be found out.</summary>
    Inconclusive = 2,
}
