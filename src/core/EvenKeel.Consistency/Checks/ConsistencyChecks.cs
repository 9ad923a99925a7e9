using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>Runs all checks over a history.</summary>
public static class ConsistencyChecks
{
    /// <summary>
    /// One result for every check, in a fixed order, those that were switched off included. A check that is on and finds nothing to examine is
    /// inconclusive: for a proof without a workload use <see cref="CheckSettings.OfServiceAlone"/>.
    /// </summary>
    /// <exception cref="ArgumentException">A limit of the settings is out of its range.</exception>
    public static IReadOnlyList<CheckResult> Run(History history, CheckSettings settings)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(settings);
        Validate(settings);

        var index = new HistoryIndex(history);
        var (readYourWrites, monotonicReads) = settings.ReadYourWrites || settings.StaleReads ? SessionChecks.Check(index, settings) : default;
        return
        [
            settings.LostWrites ? LostWritesCheck.Check(index, settings) : Off(CheckNames.LostWrites, CheckSubject.Data),
            settings.Divergence ? DivergenceCheck.Check(index, settings) : Off(CheckNames.Divergence, CheckSubject.Data),
            settings.StaleReads ? StaleReadsCheck.Check(index, settings) : Off(CheckNames.StaleReads, CheckSubject.Data),
            settings.ReadYourWrites ? readYourWrites : Off(CheckNames.ReadYourWrites, CheckSubject.Data),
            settings.StaleReads ? monotonicReads : Off(CheckNames.MonotonicReads, CheckSubject.Data),
            settings.Duplicates ? DuplicatesCheck.Check(index, settings) : Off(CheckNames.Duplicates, CheckSubject.Data),
            settings.Audit is { } audit ? AuditCheck.Check(history, audit, settings) : Off(CheckNames.Audit, CheckSubject.Data),
            DowntimeCheck.Check(history, settings),
            settings.FailedReads ? FailedReadsCheck.Check(history, settings) : Off(CheckNames.FailedReads, CheckSubject.Service),
            BalanceCheck.Check(history, settings),
        ];
    }

    private static CheckResult Off(string name, CheckSubject subject) => new()
    {
        Name = name,
        Subject = subject,
        Status = CheckStatus.Skipped,
        Summary = "Switched off.",
        Examined = 0,
    };

    private static void Validate(CheckSettings settings)
    {
        if (settings.ProbesToOpen < 1 || settings.ProbesToClose < 1 || settings.MaxFindings < 1)
        {
            throw new ArgumentException(
                "ProbesToOpen, ProbesToClose and MaxFindings must be at least 1: a window needs a probe to open it, and a violation a finding to show it",
                nameof(settings));
        }
    }
}
