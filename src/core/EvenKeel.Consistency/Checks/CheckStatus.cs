namespace EvenKeel.Consistency.Checks;

/// <summary>How a check ended.</summary>
public enum CheckStatus
{
    /// <summary>It examined operations and found nothing wrong.</summary>
    Passed = 0,

    /// <summary>It found what must not be, and names the operations.</summary>
    Violated = 1,

    /// <summary>It could not find out.</summary>
    Inconclusive = 2,

    /// <summary>It was switched off, or it measured without a limit to judge by.</summary>
    Skipped = 3,
}
