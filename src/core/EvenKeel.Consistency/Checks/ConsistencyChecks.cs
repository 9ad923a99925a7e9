using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Checks;

/// <summary>Runs all checks over a history.</summary>
public static class ConsistencyChecks
{
    /// <summary>One result for every check, in a fixed order; those that were switched off say so.</summary>
    public static IReadOnlyList<CheckResult> Run(History history, CheckSettings settings)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(settings);
        return [];
    }
}
